import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import type { BoundarySet } from '@/api/shapes';

/** The drawings in force, with who owns them and whether they are only approximate. */
export const setsQuery = queryOptions({
  queryKey: ['territories', 'sets'],
  queryFn: () => read<{ items: BoundarySet[] }>(client.GET('/api/v1/territories/sets/', {})),
  staleTime: 60 * 60_000,
});
