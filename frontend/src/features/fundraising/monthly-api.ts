import { infiniteQueryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import type { MonthlyState } from '@/api/shapes';

export const monthlyKey = (code: string) => ['fundraising', 'monthly', code];

/** The monthly donations to a recipient, the latest first, in one state or in all; reading the list is written down. */
export const monthlyQuery = (code: string, state: MonthlyState | '') =>
  infiniteQueryOptions({
    queryKey: [...monthlyKey(code), state],
    queryFn: ({ pageParam }) =>
      read(
        client.GET('/api/v1/fundraising/treasury/{code}/monthly/', {
          params: { path: { code }, query: { ...(state && { state }), ...(pageParam && { after: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

/** Stop one because its donor asked for it. */
export function stopMonthly(id: string, reason: string) {
  return read(
    client.POST('/api/v1/fundraising/treasury/monthly/{id}/stop/', { params: { path: { id } }, body: { reason } }),
  );
}
