import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import { withProof } from '@/api/proof';
import type { DonorCorrection } from '@/api/shapes';
import { touchedByRefund } from './refunds-api';

/** What stands of who gave a donation, and what follows them: read anew each time, and each reading is written down. */
export const donorQuery = (id: string) =>
  queryOptions({
    queryKey: ['fundraising', 'donation', id, 'donor'],
    queryFn: () => read(client.GET('/api/v1/fundraising/treasury/donations/{id}/donor/', { params: { path: { id } } })),
    staleTime: 0,
    gcTime: 0,
  });

/** What changes with who gave. */
export const touchedByCorrection = (id: string) => [
  ...touchedByRefund(id),
  ['fundraising', 'figures'],
  ['fundraising', 'monthly'],
];

/** Put right who gave; a recent proof is asked for. */
export function correctDonor(id: string, body: DonorCorrection, key: string) {
  return withProof(() =>
    read(
      client.POST('/api/v1/fundraising/treasury/donations/{id}/donor/correct/', {
        params: { path: { id } },
        headers: { 'Idempotency-Key': key },
        body,
      }),
    ),
  );
}
