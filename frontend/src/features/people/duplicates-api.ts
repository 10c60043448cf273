import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import { withProof } from '@/api/proof';

/** The record that stays, and the one that is joined to it. */
export interface Pair {
  kept: string;
  absorbed: string;
}
export type MergedField = 'given_name' | 'family_name' | 'place';
export type Values = Partial<Record<MergedField, 'kept' | 'absorbed'>>;

const KEY = ['people', 'duplicates'] as const;

/** Pairs of records that may be of one person, the strongest first; reading them is written down. */
export const duplicatesQuery = infiniteQueryOptions({
  queryKey: [...KEY, 'list'],
  queryFn: ({ pageParam }) =>
    read(client.GET('/api/v1/people/duplicates/', { params: { query: pageParam ? { after: pageParam } : {} } })),
  initialPageParam: '',
  getNextPageParam: (page) => page.next,
});

/** How many there are, up to a thousand. */
export const duplicatesCountQuery = queryOptions({
  queryKey: [...KEY, 'count'],
  queryFn: () => read(client.GET('/api/v1/people/duplicates/count/')),
});

/** What joining two records would do; nothing changes. */
export const previewQuery = (pair: Pair) =>
  queryOptions({
    queryKey: [...KEY, 'preview', pair],
    queryFn: () => read(client.GET('/api/v1/people/merges/preview/', { params: { query: pair } })),
  });

/** Records that were joined, the latest first. */
export const mergesQuery = infiniteQueryOptions({
  queryKey: [...KEY, 'merges'],
  queryFn: ({ pageParam }) =>
    read(client.GET('/api/v1/people/merges/', { params: { query: pageParam ? { after: pageParam } : {} } })),
  initialPageParam: '',
  getNextPageParam: (page) => page.next,
});

export function mergePeople({ pair, values }: { pair: Pair; values: Values }) {
  return withProof(() => read(client.POST('/api/v1/people/merges/', { body: { ...pair, values } })));
}

export function takeApart(id: string) {
  return withProof(() => read(client.POST('/api/v1/people/merges/{id}/undo/', { params: { path: { id } } })));
}

export function tellApart(pair: { person: string; other: string }) {
  return read(client.POST('/api/v1/people/duplicates/told-apart/', { body: pair }));
}

export function proposeAgain(id: string) {
  return read(client.DELETE('/api/v1/people/duplicates/told-apart/{id}/', { params: { path: { id } } }));
}
