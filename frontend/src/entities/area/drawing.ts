import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';

/** The drawing of the whole country that is in force: its address, and whom to credit. */
export const drawingQuery = queryOptions({
  queryKey: ['territories', 'sets'],
  queryFn: () => read(client.GET('/api/v1/territories/sets/')),
  staleTime: 60 * 60_000,
  select: ({ items }) => {
    const [finest] = items.filter((set) => set.svg).sort((a, b) => a.precision_m - b.precision_m);
    return { src: finest?.svg ?? null, credit: [finest?.attribution, finest?.licence].filter(Boolean).join(', ') };
  },
});
