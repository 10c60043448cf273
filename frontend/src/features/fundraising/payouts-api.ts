import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';

const of = (code: string) => ({ params: { path: { code } } });

/** How often one looks how far a reading of the provider is. */
const WHILE_READING = 2000;

/** How a recipient's money stands at the provider; asked again while it is read back. */
export const providerQuery = (code: string) =>
  queryOptions({
    queryKey: ['fundraising', 'provider', code],
    queryFn: () => read(client.GET('/api/v1/fundraising/treasury/{code}/money/', of(code))),
    refetchInterval: ({ state }) =>
      state.data?.reconciliation && !state.data.reconciliation.ended_at ? WHILE_READING : false,
  });

/** Read the provider back now, as each night. */
export function readBack(code: string) {
  return read(client.POST('/api/v1/fundraising/treasury/{code}/reconcile/', of(code)));
}

/** Take cards that nobody knows again. */
export function openNewCards(code: string) {
  return read(client.POST('/api/v1/fundraising/treasury/{code}/new-cards/open/', of(code)));
}

/** What the provider sent to the bank account, the latest first. */
export const payoutsQuery = (code: string) =>
  infiniteQueryOptions({
    queryKey: ['fundraising', 'payouts', code],
    queryFn: ({ pageParam }) =>
      read(
        client.GET('/api/v1/fundraising/treasury/{code}/payouts/', {
          params: { path: { code }, query: pageParam ? { after: pageParam } : {} },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

/** What one of them holds, line by line. */
export const payoutQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['fundraising', 'payout', id],
    queryFn: ({ pageParam }) =>
      read(
        client.GET('/api/v1/fundraising/treasury/payouts/{id}/', {
          params: { path: { id }, query: pageParam ? { after: pageParam } : {} },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
