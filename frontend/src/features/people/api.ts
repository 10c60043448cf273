import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import { fetchFile } from '@/api/file';
import type { operations } from '@/api/schema';

/** By what the list of people is narrowed and ordered. */
export type PeopleFilters = NonNullable<operations['people_list']['parameters']['query']>;

/** The people that I reach, as asked; reading the list is written down. */
export const peopleQuery = (asked: PeopleFilters) =>
  infiniteQueryOptions({
    queryKey: ['people', asked],
    queryFn: ({ pageParam }) =>
      read(
        client.GET('/api/v1/people/', {
          params: { query: { ...asked, ...(pageParam ? { after: pageParam } : {}) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

/** How many they are, up to ten thousand. */
export const peopleCountQuery = (asked: PeopleFilters) => {
  const query = { ...asked };
  delete query.sort;
  return queryOptions({
    queryKey: ['people', 'count', query],
    queryFn: () => read(client.GET('/api/v1/people/count/', { params: { query } })),
  });
};

/** Filters and order that I come back to, and those shared with me. */
export const viewsQuery = queryOptions({
  queryKey: ['people', 'views'],
  queryFn: () => read(client.GET('/api/v1/people/views/')),
});

export function saveView(view: { name: string; filters: Record<string, string>; shared_with: string | null }) {
  return read(client.POST('/api/v1/people/views/', { body: view }));
}

export function deleteView(id: string) {
  return read(client.DELETE('/api/v1/people/views/{id}/', { params: { path: { id } } }));
}

export function restoreView(id: string) {
  return read(client.POST('/api/v1/people/views/{id}/restore/', { params: { path: { id } } }));
}

/** The list as a file, for a reason that each person on it reads. */
export function exportPeople(body: { reason: string; filters: Record<string, string> }) {
  return fetchFile('/api/v1/people/export/', body);
}
