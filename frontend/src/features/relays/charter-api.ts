import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';

/** Who comes to have what a seat asks for: an applicant, by the application, or whoever holds one, by the term. */
export interface Readied {
  kind: 'application' | 'term';
  id: string;
}

/** What somebody still lacks, who has not agreed to the charter, and what a network requires. */
export const readinessQuery = ({ kind, id }: Readied) =>
  queryOptions({
    queryKey: ['relays', kind, id, 'readiness'],
    queryFn: () => (kind === 'term' ? readHolder(id) : readApplicant(id)),
  });

const readApplicant = (id: string) =>
  read(client.GET('/api/v1/relays/applications/{id}/readiness/', { params: { path: { id } } }));

const readHolder = (id: string) =>
  read(client.GET('/api/v1/relays/terms/{id}/readiness/', { params: { path: { id } } }));

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
  | { kind: 'paper'; number: string }
  | { kind: 'qualify'; code: string; endsOn: string }
  | { kind: 'disqualify'; qualification: string };

/** Whoever holds a seat is sent the charter with everybody who has not agreed to it, never alone. */
type ApplicantReadying = Readying | { kind: 'send' };

type ToReady =
  { kind: 'application'; id: string; deed: ApplicantReadying } | { kind: 'term'; id: string; deed: Readying };

export function makeReady(who: ToReady) {
  return who.kind === 'term' ? makeHolderReady(who.id, who.deed) : makeApplicantReady(who.id, who.deed);
}

async function makeHolderReady(id: string, deed: Readying) {
  const params = { path: { id } };
  switch (deed.kind) {
    case 'paper':
      await notePaperOfHolder({ term: id, number: deed.number });
      return readHolder(id);
    case 'qualify':
      return read(
        client.POST('/api/v1/relays/terms/{id}/qualifications/', {
          params,
          body: { code: deed.code, ends_on: deed.endsOn || null },
        }),
      );
    case 'disqualify':
      return read(
        client.DELETE('/api/v1/relays/terms/{id}/qualifications/{qualification}/', {
          params: { path: { id, qualification: deed.qualification } },
        }),
      );
  }
}

function makeApplicantReady(id: string, deed: ApplicantReadying) {
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
