import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import { fetchFile } from '@/api/file';

const ROOT = '/api/v1/fundraising/funds';

/** The funds of which I see figures. */
export const fundChoicesQuery = queryOptions({
  queryKey: ['fundraising', 'figures'],
  queryFn: () => read(client.GET('/api/v1/fundraising/dashboards/')),
});

const of = (code: string, period: string) => ({
  params: { path: { code }, query: period ? { period } : {} },
});

export const figuresQueries = {
  fund: (code: string, period: string) =>
    queryOptions({
      queryKey: ['fundraising', 'figures', code, period],
      queryFn: () => read(client.GET('/api/v1/fundraising/funds/{code}/dashboard/', of(code, period))),
    }),
  places: (code: string, period: string) =>
    queryOptions({
      queryKey: ['fundraising', 'figures', code, period, 'places'],
      queryFn: () => read(client.GET('/api/v1/fundraising/funds/{code}/dashboard/places/', of(code, period))),
    }),
  sources: (code: string, period: string) =>
    queryOptions({
      queryKey: ['fundraising', 'figures', code, period, 'sources'],
      queryFn: () => read(client.GET('/api/v1/fundraising/funds/{code}/dashboard/sources/', of(code, period))),
    }),
  monthly: (code: string) =>
    queryOptions({
      queryKey: ['fundraising', 'figures', code, 'monthly'],
      queryFn: () =>
        read(client.GET('/api/v1/fundraising/funds/{code}/dashboard/monthly/', { params: { path: { code } } })),
    }),
  told: (code: string, month: string) =>
    queryOptions({
      queryKey: ['fundraising', 'figures', code, 'told', month],
      queryFn: () =>
        read(
          client.GET('/api/v1/fundraising/funds/{code}/months/', {
            params: { path: { code }, query: month ? { month } : {} },
          }),
        ),
    }),
};

/** Set under which amount, in cents, a donation to a recipient is a small one. */
export function setThreshold({ code, cents }: { code: string; cents: number }) {
  return read(
    client.PUT('/api/v1/fundraising/funds/{code}/dashboard/threshold/', {
      params: { path: { code } },
      body: { small_under: cents },
    }),
  );
}

export function takePlaces(code: string, period: string, reason: string): Promise<Blob> {
  return fetchFile(`${ROOT}/${code}/dashboard/places/export/${period ? `?period=${period}` : ''}`, { reason });
}
