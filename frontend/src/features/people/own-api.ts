import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import { withProof } from '@/api/proof';
import type { OwnConsent } from '@/api/shapes';

/** What is known of me here, and what I agree to. */
export const ownQuery = queryOptions({
  queryKey: ['people', 'me'],
  queryFn: () => read(client.GET('/api/v1/people/me/')),
});

/** Who read something about me, the latest first. */
export const accessesQuery = infiniteQueryOptions({
  queryKey: ['people', 'me', 'accesses'],
  queryFn: ({ pageParam }) =>
    read(client.GET('/api/v1/people/me/accesses/', { params: { query: pageParam ? { after: pageParam } : {} } })),
  initialPageParam: '',
  getNextPageParam: (page) => page.next,
});

/** All that is kept of me, as a file. */
export function exportMe() {
  return withProof(() => read(client.GET('/api/v1/people/me/export/', { parseAs: 'blob' })));
}

export function chooseConsent({ purpose, channel, is_given, version }: OwnConsent) {
  return read(client.POST('/api/v1/people/me/consents/', { body: { purpose, channel, is_given, version } }));
}

/** For good: the address typed again is what says so. */
export function eraseMe(email: string) {
  return withProof(() => read(client.POST('/api/v1/people/me/erase/', { body: { email } })));
}

/** Show my first name on the public page of my seat, or show it no more. */
export function showName(shows: boolean) {
  return read(client.PUT('/api/v1/people/me/given-name/', { body: { shows } }));
}
