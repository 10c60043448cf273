import { useMemo } from 'react';
import { useFilters } from '@/lib/use-filters';
import type { SpanAsked } from './api';

export const SPANS = [30, 90, 365] as const;

/** The span that the address asks for: `?days=30`, or `?from=…&to=…`; the last 90 days when it asks for none. */
export function useSpan(): SpanAsked {
  const { get } = useFilters();
  const [from, to, days] = [get('from'), get('to'), get('days')];
  return useMemo(
    () => (from && to ? { from, to } : { days: SPANS.find((count) => String(count) === days) ?? 90 }),
    [from, to, days],
  );
}
