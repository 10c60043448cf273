import { infiniteQueryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';

/** The people that I reach; reading the list is written down. */
export const peopleQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: ['people', { q }],
    queryFn: ({ pageParam }) =>
      read(
        client.GET('/api/v1/people/', {
          params: { query: { ...(q ? { q } : {}), ...(pageParam ? { after: pageParam } : {}) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
