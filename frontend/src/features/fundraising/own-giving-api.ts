import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';

export const ownGivingKey = ['fundraising', 'mine'];

/** What runs each month, what the law still lets me give, the years told, and what I am asked about. */
export const ownGivingQuery = queryOptions({
  queryKey: [...ownGivingKey, 'giving'],
  queryFn: () => read(client.GET('/api/v1/fundraising/mine/')),
});

/** My donations, the latest first. */
export const ownDonationsQuery = infiniteQueryOptions({
  queryKey: [...ownGivingKey, 'donations'],
  queryFn: ({ pageParam }) =>
    read(
      client.GET('/api/v1/fundraising/mine/donations/', { params: { query: pageParam ? { after: pageParam } : {} } }),
    ),
  initialPageParam: '',
  getNextPageParam: (page) => page.next,
});

/** Take for proved the address that I am signed in with. */
export function proveBySession() {
  return read(client.POST('/api/v1/fundraising/proofs/session/'));
}

/** Say whether a donation with which somebody typed my address was mine. */
export function sayWasItMe(donor: string, was: 'me' | 'not_me') {
  return read(client.POST('/api/v1/fundraising/mine/asked/{donor}/', { params: { path: { donor } }, body: { was } }));
}
