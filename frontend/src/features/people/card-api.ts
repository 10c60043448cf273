import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';

/** One person, as much as I see of them. Reading it is written down. */
export const cardQuery = (id: string) =>
  queryOptions({
    queryKey: ['people', 'card', id],
    queryFn: () => read(client.GET('/api/v1/people/{id}/', { params: { path: { id } } })),
  });
