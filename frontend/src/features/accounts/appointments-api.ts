import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import { withProof } from '@/api/proof';
import type { AppointmentAsked, PlaceRow } from '@/api/shapes';

/** Who holds which role that comes with no seat. */
export const appointmentsQuery = queryOptions({
  queryKey: ['accounts', 'appointments'],
  queryFn: () => read(client.GET('/api/v1/accounts/appointments/')),
});

/** Every place of one kind, by code. */
export const placesQuery = (country: string, kind: string) =>
  queryOptions({
    queryKey: ['territories', 'areas', country, kind],
    queryFn: async () => {
      const places: PlaceRow[] = [];
      let after: string | null = '';
      while (after !== null) {
        const page: { items: PlaceRow[]; next: string | null } = await read(
          client.GET('/api/v1/territories/areas/', {
            params: { query: { country, kind, limit: 200, ...(after ? { after } : {}) } },
          }),
        );
        places.push(...page.items);
        after = page.next;
      }
      return places;
    },
    staleTime: 60 * 60_000,
  });

export function appoint(asked: AppointmentAsked) {
  return withProof(() => read(client.POST('/api/v1/accounts/appointments/', { body: asked })));
}

export function endAppointment(id: string) {
  return read(client.POST('/api/v1/accounts/appointments/{id}/end/', { params: { path: { id } } }));
}
