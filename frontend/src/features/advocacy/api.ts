import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';

/** Who sits for a place today; null when the seat of the assembly is empty. */
export const officeHolderQuery = (area: string) =>
  queryOptions({
    queryKey: ['advocacy', 'office-holders', area],
    queryFn: async () => {
      const page = await read(client.GET('/api/v1/advocacy/office-holders/', { params: { query: { area } } }));
      return page.items[0] ?? null;
    },
    staleTime: 60 * 60_000,
  });
