import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import type { Application, ApplicationStatus, NetworkAsked, TermKind } from '@/api/shapes';

export const networkQueries = {
  list: queryOptions({
    queryKey: ['relays', 'networks'],
    queryFn: () => read(client.GET('/api/v1/relays/networks/')),
    staleTime: 10 * 60_000,
  }),
  coverage: (id: string) =>
    queryOptions({
      queryKey: ['relays', 'networks', id, 'coverage'],
      queryFn: () => read(client.GET('/api/v1/relays/networks/{id}/coverage/', { params: { path: { id } } })),
    }),
  seats: (id: string) =>
    queryOptions({
      queryKey: ['relays', 'networks', id, 'seats'],
      queryFn: () => read(client.GET('/api/v1/relays/networks/{id}/seats/', { params: { path: { id } } })),
      refetchInterval: 60_000,
    }),
};

export const seatQuery = (id: string) =>
  queryOptions({
    queryKey: ['relays', 'seats', id],
    queryFn: () => read(client.GET('/api/v1/relays/seats/{id}/', { params: { path: { id } } })),
  });

/** A list of the desk: the applications of one status, or the missed calls that have climbed to me. */
export type ApplicationList = Exclude<ApplicationStatus, 'unconfirmed'> | 'climbed';

export const applicationQueries = {
  list: (name: ApplicationList, asked: { q?: string; sort?: 'due' | 'name' | 'seat' } = {}) =>
    infiniteQueryOptions({
      queryKey: ['relays', 'applications', { name, ...asked }] as const,
      queryFn: ({ pageParam }) =>
        read(
          client.GET('/api/v1/relays/applications/', {
            params: {
              query: {
                ...(name === 'climbed' ? { climbed: true } : { status: name }),
                ...asked,
                ...(pageParam ? { after: pageParam } : {}),
              },
            },
          }),
        ),
      initialPageParam: '',
      getNextPageParam: (page) => page.next,
    }),
  one: (id: string) =>
    queryOptions({
      queryKey: ['relays', 'applications', 'one', id],
      queryFn: () => read(client.GET('/api/v1/relays/applications/{id}/', { params: { path: { id } } })),
    }),
  queue: queryOptions({
    queryKey: ['relays', 'applications', 'queue'],
    queryFn: () => read(client.GET('/api/v1/relays/applications/held/')),
  }),
  mine: queryOptions({
    queryKey: ['relays', 'applications', 'mine'],
    queryFn: () => read(client.GET('/api/v1/relays/applications/', { params: { query: { mine: true } } })),
  }),
};

export type Decision =
  | { kind: 'contact' }
  | { kind: 'approve'; as: TermKind }
  | { kind: 'release' }
  | { kind: 'decline' | 'withdraw'; words: string };

/** Let the held applications in, or with words decline them; resolves to how many were answered. */
export async function answerHeld({ ids, words }: { ids: readonly string[]; words?: string }): Promise<number> {
  const answered =
    words === undefined
      ? await read(client.POST('/api/v1/relays/applications/held/release/', { body: { ids: [...ids] } }))
      : await read(client.POST('/api/v1/relays/applications/held/decline/', { body: { ids: [...ids], words } }));
  return answered.answered;
}

export async function decide({ application, decision }: { application: Application; decision: Decision }) {
  const { id } = application;
  if (decision.kind === 'release') return answerHeld({ ids: [id] });
  if (decision.kind === 'decline' && application.abilities.release)
    return answerHeld({ ids: [id], words: decision.words });
  const params = { path: { id } };
  switch (decision.kind) {
    case 'contact':
      return read(client.POST('/api/v1/relays/applications/{id}/contact/', { params }));
    case 'approve':
      return read(client.POST('/api/v1/relays/applications/{id}/approve/', { params, body: { kind: decision.as } }));
    case 'withdraw':
      return read(
        client.POST('/api/v1/relays/applications/{id}/withdraw/', { params, body: { words: decision.words } }),
      );
    case 'decline':
      return read(
        client.POST('/api/v1/relays/applications/{id}/decline/', { params, body: { words: decision.words } }),
      );
  }
}

/** Pause a relay's term until a day (`2026-12-24`), or until another one than was said before. */
export function pauseTerm({ id, until }: { id: string; until: string }) {
  return read(client.POST('/api/v1/relays/terms/{id}/pause/', { params: { path: { id } }, body: { until } }));
}

export function resumeTerm(id: string) {
  return read(client.POST('/api/v1/relays/terms/{id}/resume/', { params: { path: { id } } }));
}

export function endTerm(id: string) {
  return read(client.POST('/api/v1/relays/terms/{id}/end/', { params: { path: { id } } }));
}

export function openNetwork(body: NetworkAsked) {
  return read(client.POST('/api/v1/relays/networks/', { body }));
}
