import { client, read } from '@/api/client';
import type { AgentsWord, CancelReceipt } from '@/api/shapes';

export type WhyCancelled = CancelReceipt['why'];

const donationKey = (id: string) => ['fundraising', 'donation', id];

/** What changes with money that goes back: the donation itself, the lists that it stands in, the books. */
export const touchedByRefund = (id: string) => [
  donationKey(id),
  ['fundraising', 'donations'],
  ['fundraising', 'decide'],
  ['fundraising', 'books'],
];

/** Give back, once for each key. */
export function giveBack(id: string, body: { amount: number; reason: string; given_on?: string }, key: string) {
  return read(
    client.POST('/api/v1/fundraising/treasury/donations/{id}/given-back/', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
}

/** Record that the agent agreed. */
export function authoriseRefund(id: string, body: AgentsWord & { amount: number }, key: string) {
  return read(
    client.POST('/api/v1/fundraising/treasury/donations/{id}/authorisations/', {
      params: { path: { id } },
      headers: { 'Idempotency-Key': key },
      body,
    }),
  );
}

/** Where the receipt of a donation is downloaded; reading it is written down. */
export const receiptFile = (id: string) => `/api/v1/fundraising/treasury/donations/${id}/receipt/`;

/** Cancel a receipt; the one that replaces it is made at once. */
export function cancelReceipt(id: string, why: WhyCancelled) {
  return read(
    client.POST('/api/v1/fundraising/treasury/receipts/{id}/cancel/', { params: { path: { id } }, body: { why } }),
  );
}
