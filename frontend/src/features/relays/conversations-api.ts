import { infiniteQueryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';

/** What people wrote to the places that I answer for, or organise above; the latest first. */
export const conversationsQuery = infiniteQueryOptions({
  queryKey: ['relays', 'conversations'],
  queryFn: ({ pageParam }) =>
    read(client.GET('/api/v1/relays/conversations/', { params: { query: pageParam ? { after: pageParam } : {} } })),
  initialPageParam: '',
  getNextPageParam: (page) => page.next,
});

export function answerConversation({ id, words, key }: { id: string; words: string; key: string }) {
  return read(
    client.POST('/api/v1/relays/conversations/{id}/answer/', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body: { words },
    }),
  );
}

export function endConversation(id: string) {
  return read(client.POST('/api/v1/relays/conversations/{id}/end/', { params: { path: { id } } }));
}

export function unblockWriter(id: string) {
  return read(client.DELETE('/api/v1/relays/conversations/{id}/block/', { params: { path: { id } } }));
}

export function blockWriter(id: string) {
  return read(client.POST('/api/v1/relays/conversations/{id}/block/', { params: { path: { id } } }));
}
