import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import type { Application, ApplicationStatus } from '@/api/shapes';

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

export const applicationQueries = {
  list: (status: Exclude<ApplicationStatus, 'unconfirmed'>) =>
    infiniteQueryOptions({
      queryKey: ['relays', 'applications', { status }],
      queryFn: ({ pageParam }) =>
        read(
          client.GET('/api/v1/relays/applications/', {
            params: { query: { status, ...(pageParam ? { after: pageParam } : {}) } },
          }),
        ),
      initialPageParam: '',
      getNextPageParam: (page) => page.next,
    }),
  mine: queryOptions({
    queryKey: ['relays', 'applications', 'mine'],
    queryFn: () => read(client.GET('/api/v1/relays/applications/', { params: { query: { mine: true } } })),
  }),
};

export type Decision = { kind: 'contact' } | { kind: 'approve' } | { kind: 'decline'; words: string };

export async function decide({ id, decision }: { id: string; decision: Decision }): Promise<Application> {
  const params = { path: { id } };
  switch (decision.kind) {
    case 'contact':
      return read(client.POST('/api/v1/relays/applications/{id}/contact/', { params }));
    case 'approve':
      return (await read(client.POST('/api/v1/relays/applications/{id}/approve/', { params, body: { kind: 'relay' } })))
        .application;
    case 'decline':
      return read(
        client.POST('/api/v1/relays/applications/{id}/decline/', { params, body: { words: decision.words } }),
      );
  }
}

export function endTerm(id: string) {
  return read(client.POST('/api/v1/relays/terms/{id}/end/', { params: { path: { id } } }));
}
