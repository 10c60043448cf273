import { queryOptions } from '@tanstack/react-query';
import { Problem } from '@/api/problem';
import type { BoundarySet } from '@/api/shapes';

/** The drawings in force, with who owns them and whether they are only approximate. */
export const setsQuery = queryOptions({
  queryKey: ['territories', 'sets'],
  queryFn: async (): Promise<{ items: BoundarySet[] }> => {
    const response = await fetch(new URL('/api/v1/territories/sets/', location.origin)).catch(() => {
      throw new Problem(0, { code: 'network' });
    });
    if (!response.ok) throw new Problem(response.status, {});
    return (await response.json()) as { items: BoundarySet[] };
  },
  staleTime: 60 * 60_000,
});
