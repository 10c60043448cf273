import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useDebounced } from '@/lib/use-debounced';
import { type PeopleFilters, peopleCountQuery, peopleQuery } from './api';

/** The list of people as it is narrowed and searched: who was found, how many there are, and what the file of it holds. */
export function usePeople(kept: Record<string, string>, query: string) {
  const settled = useDebounced(query);
  // A search begins with its second letter.
  const narrowed: Record<string, string> = { ...kept, ...(settled.trim().length < 2 ? {} : { q: settled }) };
  const asked = narrowed as PeopleFilters;
  const list = useInfiniteQuery({ ...peopleQuery(asked), placeholderData: keepPreviousData });
  const total = useQuery({ ...peopleCountQuery(asked), placeholderData: keepPreviousData });
  const rows = useMemo(() => (list.data?.pages ?? []).flatMap((page) => page.items), [list.data]);
  return { narrowed, settled, list, rows, total: total.data, isNear: list.data?.pages[0]?.is_near ?? false };
}

export type PeopleFound = ReturnType<typeof usePeople>;
