import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import { withProof } from '@/api/proof';

/** Type why: it is good for an hour and one person. */
export function giveReason(reason: string) {
  return read(client.POST('/api/v1/people/reasons/', { body: { reason } }));
}

/** From now on this reason is about this person. */
export function narrowReason({ id, person }: { id: string; person: string }) {
  return read(client.POST('/api/v1/people/reasons/{id}/person/', { params: { path: { id } }, body: { person } }));
}

/** Who is found for a reason; each of them sees the search. */
export function findPeople({ id, q }: { id: string; q: string }) {
  return read(client.GET('/api/v1/people/reasons/{id}/people/', { params: { path: { id }, query: { q } } }));
}

/** What is known of the person of a reason; each reading is written down, so that none is made by itself. */
export const inspectedQuery = (id: string) =>
  queryOptions({
    queryKey: ['people', 'reasons', id],
    queryFn: () => read(client.GET('/api/v1/people/reasons/{id}/card/', { params: { path: { id } } })),
    staleTime: Infinity,
    gcTime: 0,
  });

/** Forget the person of a reason, who asked for it: nothing brings them back. */
export function eraseForReason(id: string) {
  return withProof(() => read(client.POST('/api/v1/people/reasons/{id}/erase/', { params: { path: { id } } })));
}

export const fileOf = (id: string) => `/api/v1/people/reasons/${id}/file/`;
