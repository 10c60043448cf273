import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import { kept } from '@/api/kept';

/** Under which name the card is kept on the device of who meets them. */
export const officeHolderKept = (area: string) => `office-holder:${area}`;

/** One of them, wherever they sit. */
export const ownCardQuery = (id: string) =>
  queryOptions({
    queryKey: ['advocacy', 'office-holders', 'one', id],
    queryFn: () => read(client.GET('/api/v1/advocacy/office-holders/{id}/', { params: { path: { id } } })),
    staleTime: 60 * 60_000,
  });

/** Who sits for a place today; null when the seat of the assembly is empty. */
export const officeHolderQuery = (area: string) =>
  queryOptions({
    queryKey: ['advocacy', 'office-holders', area],
    queryFn: () =>
      kept.or(officeHolderKept(area), async () => {
        const page = await read(client.GET('/api/v1/advocacy/office-holders/', { params: { query: { area } } }));
        return page.items[0] ?? null;
      }),
    staleTime: 60 * 60_000,
    ...kept.asking(officeHolderKept(area)),
  });
