import { infiniteQueryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import type { AgentsWord, ExcessState, NearState } from '@/api/shapes';

export const decideKey = ['fundraising', 'decide'];

export const DECIDED = ['waiting', 'decided'] as const;
export const DIFFERENCE_STANDS = ['open', 'explained', 'closed'] as const;
export type DifferenceStands = (typeof DIFFERENCE_STANDS)[number];

const one = (id: string) => ({ params: { path: { id } } });

/** A list that comes page by page; each reading of one that names people is written down. */
function paged<Page extends { next: string | null }>(
  key: readonly string[],
  fetch: (after: { after?: string }) => Promise<Page>,
) {
  return infiniteQueryOptions({
    queryKey: [...decideKey, ...key],
    queryFn: ({ pageParam }) => fetch(pageParam ? { after: pageParam } : {}),
    initialPageParam: '',
    getNextPageParam: (page: Page) => page.next,
  });
}

/** Cards that wait, who waits longest first; or those about which it was decided. */
export const heldQuery = (code: string, stand: (typeof DECIDED)[number]) =>
  paged(['held', code, stand], (after) =>
    read(
      client.GET('/api/v1/fundraising/treasury/{code}/held/', {
        params: { path: { code }, query: { ...after, ...(stand === 'decided' ? { decided: true } : {}) } },
      }),
    ),
  );

export function takeHeld(donation: string) {
  return read(client.POST('/api/v1/fundraising/treasury/donations/{id}/take/', one(donation)));
}

export function refuseHeld(donation: string, words: string) {
  return read(
    client.POST('/api/v1/fundraising/treasury/donations/{id}/refuse/', { ...one(donation), body: { words } }),
  );
}

/** Disputes that are not decided, or all others. */
export const disputesQuery = (code: string, stand: (typeof DECIDED)[number]) =>
  paged(['disputes', code, stand], (after) =>
    read(
      client.GET('/api/v1/fundraising/treasury/{code}/disputes/', {
        params: { path: { code }, query: { ...after, ...(stand === 'decided' ? { decided: true } : {}) } },
      }),
    ),
  );

export function answerDispute(id: string, evidence: string) {
  return read(client.POST('/api/v1/fundraising/treasury/disputes/{id}/answer/', { ...one(id), body: { evidence } }));
}

export const differencesQuery = (code: string, stands: DifferenceStands) =>
  paged(['differences', code, stands], (after) =>
    read(
      client.GET('/api/v1/fundraising/treasury/{code}/differences/', {
        params: { path: { code }, query: { ...after, stands } },
      }),
    ),
  );

export function explainDifference(id: string, words: string) {
  return read(client.POST('/api/v1/fundraising/treasury/differences/{id}/explain/', { ...one(id), body: { words } }));
}

export const excessesQuery = (fund: string, state: ExcessState) =>
  paged(['excesses', fund, state], (after) =>
    read(client.GET('/api/v1/fundraising/excesses/', { params: { query: { ...after, fund, state } } })),
  );

export function authoriseExcess(id: string, body: AgentsWord) {
  return read(client.POST('/api/v1/fundraising/excesses/{id}/authorise/', { ...one(id), body }));
}

export function dismissExcess(id: string, reason: string) {
  return read(client.POST('/api/v1/fundraising/excesses/{id}/dismiss/', { ...one(id), body: { reason } }));
}

export function undoExcess(id: string) {
  return read(client.POST('/api/v1/fundraising/excesses/{id}/undo/', one(id)));
}

/** Pairs of whom both gave to recipients that I keep. */
export const nearQuery = (state: NearState) =>
  paged(['near', state], (after) =>
    read(client.GET('/api/v1/fundraising/near-identities/', { params: { query: { ...after, state } } })),
  );

export function decideNear(id: string, state: NearState) {
  return read(client.POST('/api/v1/fundraising/near-identities/{id}/decide/', { ...one(id), body: { state } }));
}
