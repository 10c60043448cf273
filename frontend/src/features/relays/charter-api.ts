import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';

/** What applicants still lack, who has not agreed to the charter, and what a network requires. */
export const readinessQuery = (id: string) =>
  queryOptions({
    queryKey: ['relays', 'applications', id, 'readiness'],
    queryFn: () => read(client.GET('/api/v1/relays/applications/{id}/readiness/', { params: { path: { id } } })),
  });

export const missingQuery = queryOptions({
  queryKey: ['relays', 'charter', 'missing'],
  queryFn: () => read(client.GET('/api/v1/relays/charter/missing/')),
});

export const requirementsQuery = (id: string) =>
  queryOptions({
    queryKey: ['relays', 'networks', id, 'qualifications'],
    queryFn: () => read(client.GET('/api/v1/relays/networks/{id}/qualifications/', { params: { path: { id } } })),
  });

export type Readying =
  | { kind: 'send' }
  | { kind: 'paper'; number: string }
  | { kind: 'qualify'; code: string; endsOn: string }
  | { kind: 'disqualify'; qualification: string };

export function makeReady({ id, deed }: { id: string; deed: Readying }) {
  const params = { path: { id } };
  switch (deed.kind) {
    case 'send':
      return read(client.POST('/api/v1/relays/applications/{id}/charter/send/', { params }));
    case 'paper':
      return read(
        client.POST('/api/v1/relays/applications/{id}/charter/paper/', { params, body: { paper_number: deed.number } }),
      );
    case 'qualify':
      return read(
        client.POST('/api/v1/relays/applications/{id}/qualifications/', {
          params,
          body: { code: deed.code, ends_on: deed.endsOn || null },
        }),
      );
    case 'disqualify':
      return read(
        client.DELETE('/api/v1/relays/applications/{id}/qualifications/{qualification}/', {
          params: { path: { id, qualification: deed.qualification } },
        }),
      );
  }
}

export function remindHolders(expected: number) {
  return read(client.POST('/api/v1/relays/charter/remind/', { body: { expected } }));
}

export function notePaperOfHolder({ term, number }: { term: string; number: string }) {
  return read(
    client.POST('/api/v1/relays/terms/{id}/charter/paper/', {
      params: { path: { id: term } },
      body: { paper_number: number },
    }),
  );
}

export function requireQualification({ id, names }: { id: string; names: Record<string, string> }) {
  return read(
    client.POST('/api/v1/relays/networks/{id}/qualifications/', {
      params: { path: { id } },
      body: { names, code: '' },
    }),
  );
}

export function dropRequirement({ id, code }: { id: string; code: string }) {
  return read(client.DELETE('/api/v1/relays/networks/{id}/qualifications/{code}/', { params: { path: { id, code } } }));
}
