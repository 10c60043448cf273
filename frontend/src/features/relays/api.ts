import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import type { Application, ApplicationStatus, Coverage, Network, Page, Seat, SeatRow } from '@/api/shapes';

export const networkQueries = {
  list: queryOptions({
    queryKey: ['relays', 'networks'],
    queryFn: () => read<{ items: Network[] }>(client.GET('/api/v1/relays/networks/', {})),
    staleTime: 10 * 60_000,
  }),
  coverage: (id: string) =>
    queryOptions({
      queryKey: ['relays', 'networks', id, 'coverage'],
      queryFn: () => read<Coverage>(client.GET('/api/v1/relays/networks/{id}/coverage/', { params: { path: { id } } })),
    }),
  seats: (id: string) =>
    queryOptions({
      queryKey: ['relays', 'networks', id, 'seats'],
      queryFn: () =>
        read<{ items: SeatRow[] }>(client.GET('/api/v1/relays/networks/{id}/seats/', { params: { path: { id } } })),
      refetchInterval: 60_000,
    }),
};

export const seatQuery = (id: string) =>
  queryOptions({
    queryKey: ['relays', 'seats', id],
    queryFn: () => read<Seat>(client.GET('/api/v1/relays/seats/{id}/', { params: { path: { id } } })),
  });

export const applicationQueries = {
  list: (status: ApplicationStatus | '') =>
    infiniteQueryOptions({
      queryKey: ['relays', 'applications', { status }],
      queryFn: ({ pageParam }) =>
        read<Page<Application>>(
          client.GET('/api/v1/relays/applications/', {
            params: { query: { ...(status ? { status } : {}), ...(pageParam ? { after: pageParam } : {}) } },
          }),
        ),
      initialPageParam: '',
      getNextPageParam: (page) => page.next,
    }),
  mine: queryOptions({
    queryKey: ['relays', 'applications', 'mine'],
    queryFn: () =>
      read<Page<Application>>(client.GET('/api/v1/relays/applications/', { params: { query: { mine: '1' } } })),
  }),
};

export type Decision = 'contact' | 'approve' | 'decline';

export function decide({ id, decision }: { id: string; decision: Decision }): Promise<Application> {
  const path = { contact: '/contact/', approve: '/approve/', decline: '/decline/' }[decision];
  return read<Application>(
    client.POST(`/api/v1/relays/applications/{id}${path}`, { params: { path: { id } }, body: {} }),
  );
}

export function endTerm(id: string): Promise<unknown> {
  return read(client.POST('/api/v1/relays/terms/{id}/end/', { params: { path: { id } }, body: {} }));
}
