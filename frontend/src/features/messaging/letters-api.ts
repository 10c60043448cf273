import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';

/** Letters to print and calls to make, in the places that I hold or organise. */
export const lettersQuery = infiniteQueryOptions({
  queryKey: ['messaging', 'letters'],
  queryFn: ({ pageParam }) =>
    read(client.GET('/api/v1/messaging/letters/', { params: { query: pageParam ? { after: pageParam } : {} } })),
  initialPageParam: '',
  getNextPageParam: (page) => page.next,
});

/** The words of one, and where they go. */
export const letterQuery = (id: string) =>
  queryOptions({
    queryKey: ['messaging', 'letters', id],
    queryFn: () => read(client.GET('/api/v1/messaging/letters/{id}/', { params: { path: { id } } })),
  });

/** Mark one as posted, said or texted, or let it wait again. */
export function passOn({ id, isDone }: { id: string; isDone: boolean }) {
  const params = { path: { id } };
  return read(
    isDone
      ? client.POST('/api/v1/messaging/letters/{id}/passed-on/', { params })
      : client.DELETE('/api/v1/messaging/letters/{id}/passed-on/', { params }),
  );
}

/** Keep that somebody who was asked whether to stay said yes, or take that answer back. */
export function noteStays({ id, stays }: { id: string; stays: boolean }) {
  const params = { path: { id } };
  return read(
    stays
      ? client.POST('/api/v1/messaging/letters/{id}/stays/', { params })
      : client.DELETE('/api/v1/messaging/letters/{id}/stays/', { params }),
  );
}
