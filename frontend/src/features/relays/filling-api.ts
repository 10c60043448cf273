import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import { fetchFile } from '@/api/file';
import type { operations } from '@/api/schema';
import type { AskKind, WrittenStep } from '@/api/shapes';

export type FillingFilters = Omit<NonNullable<operations['relays_filling']['parameters']['query']>, 'after' | 'limit'>;

const FILLING = ['relays', 'filling'] as const;

export const fillingQueries = {
  list: (asked: FillingFilters) =>
    infiniteQueryOptions({
      queryKey: [...FILLING, 'list', asked],
      queryFn: ({ pageParam }) =>
        read(
          client.GET('/api/v1/relays/filling/', {
            params: { query: { ...asked, ...(pageParam ? { after: pageParam } : {}) } },
          }),
        ),
      initialPageParam: '',
      getNextPageParam: (page) => page.next,
    }),
  count: (asked: Omit<FillingFilters, 'sort'>) =>
    queryOptions({
      queryKey: [...FILLING, 'count', asked],
      queryFn: () => read(client.GET('/api/v1/relays/filling/count/', { params: { query: asked } })),
    }),
  seat: (id: string) =>
    queryOptions({
      queryKey: [...FILLING, id],
      queryFn: () => read(client.GET('/api/v1/relays/filling/{id}/', { params: { path: { id } } })),
    }),
  volunteers: (id: string) =>
    queryOptions({
      queryKey: [...FILLING, id, 'volunteers'],
      queryFn: () => read(client.GET('/api/v1/relays/filling/{id}/volunteers/', { params: { path: { id } } })),
    }),
  neighbours: (id: string) =>
    queryOptions({
      queryKey: [...FILLING, id, 'neighbours'],
      queryFn: () => read(client.GET('/api/v1/relays/filling/{id}/neighbours/', { params: { path: { id } } })),
    }),
  letter: (id: string, kind: AskKind, person: string) =>
    queryOptions({
      queryKey: [...FILLING, id, 'letter', kind, person],
      queryFn: () =>
        read(client.GET('/api/v1/relays/filling/{id}/letter/', { params: { path: { id }, query: { kind, person } } })),
    }),
  mine: queryOptions({
    queryKey: ['relays', 'asks', 'mine'],
    queryFn: () => read(client.GET('/api/v1/relays/asks/mine/')),
  }),
};

export function exportFilling(asked: FillingFilters): Promise<Blob> {
  const said = Object.entries(asked).filter(([, value]) => value);
  return fetchFile(`/api/v1/relays/filling/export/?${new URLSearchParams(said as [string, string][]).toString()}`);
}

/** What an organiser does about a seat to fill. */
export type FillingDeed =
  | { kind: 'take_on' | 'let_go' }
  | { kind: 'hand_on'; to: string }
  | { kind: 'snooze'; until: string | null }
  | { kind: 'plan'; words: string; on: string | null }
  | { kind: 'step'; step: WrittenStep; words: string }
  | { kind: 'unstep'; step: string };

export async function doAboutSeat({ id, deed }: { id: string; deed: FillingDeed }): Promise<void> {
  const params = { path: { id } };
  switch (deed.kind) {
    case 'take_on':
      await read(client.POST('/api/v1/relays/filling/{id}/take-on/', { params }));
      return;
    case 'let_go':
      await read(client.POST('/api/v1/relays/filling/{id}/let-go/', { params }));
      return;
    case 'hand_on':
      await read(client.POST('/api/v1/relays/filling/{id}/hand-on/', { params, body: { to: deed.to } }));
      return;
    case 'snooze':
      await read(client.POST('/api/v1/relays/filling/{id}/snooze/', { params, body: { until: deed.until } }));
      return;
    case 'plan':
      await read(
        client.POST('/api/v1/relays/filling/{id}/plan/', { params, body: { words: deed.words, on: deed.on } }),
      );
      return;
    case 'step':
      await read(
        client.POST('/api/v1/relays/filling/{id}/steps/', { params, body: { kind: deed.step, words: deed.words } }),
      );
      return;
    case 'unstep':
      await read(
        client.DELETE('/api/v1/relays/filling/{id}/steps/{step}/', { params: { path: { id, step: deed.step } } }),
      );
  }
}

export function askPeople({ id, kind, people }: { id: string; kind: AskKind; people: readonly string[] }) {
  return read(
    client.POST('/api/v1/relays/filling/{id}/ask/', { params: { path: { id } }, body: { kind, people: [...people] } }),
  );
}

export function proposeSpread(seats: readonly string[]) {
  return read(client.POST('/api/v1/relays/filling/spread/', { body: { seats: [...seats] } }));
}

export function askSpread(pairs: readonly { seat: string; person: string }[]) {
  return read(client.POST('/api/v1/relays/filling/spread/ask/', { body: { pairs: [...pairs] } }));
}

export type AskDeed = 'take_back' | 'confirm' | 'set_aside';

export async function doAboutAsk({ id, deed }: { id: string; deed: AskDeed }): Promise<void> {
  const params = { path: { id } };
  if (deed === 'take_back') await read(client.POST('/api/v1/relays/asks/{id}/take-back/', { params }));
  else if (deed === 'confirm') await read(client.POST('/api/v1/relays/asks/{id}/confirm/', { params }));
  else await read(client.POST('/api/v1/relays/asks/{id}/set-aside/', { params }));
}

export function answerAsk({ id, answer }: { id: string; answer: 'yes' | 'no' }) {
  return read(client.POST('/api/v1/relays/asks/{id}/answer/', { params: { path: { id } }, body: { answer } }));
}
