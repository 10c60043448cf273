import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import { fetchFile } from '@/api/file';
import type { TargetAsked } from '@/api/shapes';

/** The span of days that tables are about: so many until today, or from one day to another. */
export type SpanAsked = { days: 30 | 90 | 365 } | { from: string; to: string };

const ROOT = '/api/v1/insights/networks';

export const insightQueries = {
  progress: (id: string, area: string) =>
    queryOptions({
      queryKey: ['insights', id, 'progress', area],
      queryFn: () =>
        read(
          client.GET('/api/v1/insights/networks/{id}/progress/', {
            params: { path: { id }, query: area ? { area } : {} },
          }),
        ),
    }),
  fairness: (id: string) =>
    queryOptions({
      queryKey: ['insights', id, 'fairness'],
      queryFn: () => read(client.GET('/api/v1/insights/networks/{id}/fairness/', { params: { path: { id } } })),
    }),
  territories: (id: string, span: SpanAsked, kind: string) =>
    queryOptions({
      queryKey: ['insights', id, 'territories', span, kind],
      queryFn: () =>
        read(
          client.GET('/api/v1/insights/networks/{id}/territories/', {
            params: { path: { id }, query: { ...span, ...(kind ? { kind } : {}) } },
          }),
        ),
    }),
  organisers: (id: string, span: SpanAsked) =>
    queryOptions({
      queryKey: ['insights', id, 'organisers', span],
      queryFn: () =>
        read(client.GET('/api/v1/insights/networks/{id}/organisers/', { params: { path: { id }, query: span } })),
    }),
  relays: (id: string, span: SpanAsked, sort: 'code' | 'quiet') =>
    infiniteQueryOptions({
      queryKey: ['insights', id, 'relays', span, sort],
      queryFn: ({ pageParam }) =>
        read(
          client.GET('/api/v1/insights/networks/{id}/relays/', {
            params: { path: { id }, query: { ...span, sort, ...(pageParam ? { after: pageParam } : {}) } },
          }),
        ),
      initialPageParam: '',
      getNextPageParam: (page) => page.next,
    }),
};

/** Aim at a share of the seats, by a day or without one. */
export function setTarget({ network, ...body }: TargetAsked & { network: string }) {
  return read(client.PUT('/api/v1/insights/networks/{id}/target/', { params: { path: { id: network } }, body }));
}

export function progressFile(network: string, area: string): string {
  return `${ROOT}/${network}/progress/export/${area ? `?area=${area}` : ''}`;
}

export function fairnessFile(network: string): string {
  return `${ROOT}/${network}/fairness/export/`;
}

const asked = (span: SpanAsked) =>
  new URLSearchParams(Object.entries(span).map(([name, value]) => [name, String(value)]));

export function territoriesFile(network: string, span: SpanAsked, kind: string): string {
  const query = asked(span);
  if (kind) query.set('kind', kind);
  return `${ROOT}/${network}/territories/export/?${query}`;
}

/** Take a table of people away, with a reason that they read. */
export function takeTable({
  network,
  table,
  span,
  reason,
}: {
  network: string;
  table: 'organisers' | 'relays';
  span: SpanAsked;
  reason: string;
}): Promise<Blob> {
  return fetchFile(`${ROOT}/${network}/${table}/export/?${asked(span)}`, { reason });
}
