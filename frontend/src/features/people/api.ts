import { infiniteQueryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import type { Page, PersonRow } from '@/api/shapes';

/** The people that I reach; reading the list is written down. */
export const peopleQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: ['people', { q }],
    queryFn: ({ pageParam }) =>
      read<Page<PersonRow>>(
        client.GET('/api/v1/people/', {
          params: { query: { ...(q ? { q } : {}), ...(pageParam ? { after: pageParam } : {}) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
