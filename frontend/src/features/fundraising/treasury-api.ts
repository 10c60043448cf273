import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import { fetchFile } from '@/api/file';
import type { operations } from '@/api/schema';
import type { Treasury } from '@/api/shapes';

/** By what the list of donations is narrowed and ordered. */
export type DonationFilters = NonNullable<operations['fundraising_donations']['parameters']['query']>;

/** The recipients whose books I keep, and what waits there for my word. */
export const treasuryQuery = queryOptions({
  queryKey: ['fundraising', 'treasury'],
  queryFn: () => read(client.GET('/api/v1/fundraising/treasury/')),
});

/** How many things wait for my word, at all recipients whose books I keep. */
export function moneyToDecide({ items, near_identities }: Treasury): number {
  return items.reduce(
    (sum, { held, disputes, differences, excesses }) => sum + held + disputes + differences + excesses,
    near_identities,
  );
}

/** The donations to one of them, as asked; reading the list is written down. */
export const donationsQuery = (code: string, asked: DonationFilters) =>
  infiniteQueryOptions({
    queryKey: ['fundraising', 'donations', code, asked],
    queryFn: ({ pageParam }) =>
      read(
        client.GET('/api/v1/fundraising/treasury/{code}/donations/', {
          params: { path: { code }, query: { ...asked, ...(pageParam ? { after: pageParam } : {}) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

/** How many they are, up to ten thousand. */
export const donationsCountQuery = (code: string, asked: DonationFilters) => {
  const query = { ...asked };
  delete query.sort;
  return queryOptions({
    queryKey: ['fundraising', 'donations', code, 'count', query],
    queryFn: () =>
      read(client.GET('/api/v1/fundraising/treasury/{code}/donations/count/', { params: { path: { code }, query } })),
  });
};

/** One donation, whole; reading it is written down. */
export const donationQuery = (id: string) =>
  queryOptions({
    queryKey: ['fundraising', 'donation', id],
    queryFn: () => read(client.GET('/api/v1/fundraising/treasury/donations/{id}/', { params: { path: { id } } })),
  });

/** The list as a file, for a reason that each giver on it reads. */
export function takeDonations(code: string, body: { reason: string; filters: Record<string, string> }) {
  return fetchFile(`/api/v1/fundraising/treasury/${code}/donations/file/`, body);
}
