import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import type { ConcernTold } from '@/api/shapes';

/** Who reads what I tell now, and what became of what I told. */
export const myConcernsQuery = queryOptions({
  queryKey: ['relays', 'concerns', 'mine'],
  queryFn: () => read(client.GET('/api/v1/relays/concerns/mine/')),
});

/** What stands with me, and with nobody else. */
export const concernsQuery = infiniteQueryOptions({
  queryKey: ['relays', 'concerns', 'read'],
  queryFn: ({ pageParam }) =>
    read(client.GET('/api/v1/relays/concerns/', { params: { query: pageParam ? { after: pageParam } : {} } })),
  initialPageParam: '',
  getNextPageParam: (page) => page.next,
});

export function tellConcern({ told, key }: { told: ConcernTold; key: string }) {
  return read(client.POST('/api/v1/relays/concerns/', { params: { header: { 'Idempotency-Key': key } }, body: told }));
}

export function takeUpConcern(id: string) {
  return read(client.POST('/api/v1/relays/concerns/{id}/take-up/', { params: { path: { id } } }));
}

export function closeConcern({ id, outcome }: { id: string; outcome: string }) {
  return read(client.POST('/api/v1/relays/concerns/{id}/close/', { params: { path: { id } }, body: { outcome } }));
}

/** To whom things are told; for administrators. */
export const safetyContactsQuery = queryOptions({
  queryKey: ['relays', 'safety-contacts'],
  queryFn: () => read(client.GET('/api/v1/relays/safety-contacts/')),
});

/** `names`: what people are told, of who is not known by name; in the same order. */
export function nameSafetyContacts({ emails, names }: { emails: string[]; names: string[] }) {
  return read(client.PUT('/api/v1/relays/safety-contacts/', { body: { emails, names } }));
}
