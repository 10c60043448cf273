import type { LedgerRow } from '@/api/shapes';
import { stanceName, type StanceName } from '@/entities/stance/words';

/** Where somebody stands, in the order in which the strip draws it: what is won first, what is unknown last. */
export const LEDGER_STATES = ['for', 'rather_for', 'silent', 'rather_against', 'against', 'unknown'] as const;
export type LedgerState = StanceName | 'unknown';

export function stateOf({ stance }: Pick<LedgerRow, 'stance'>): LedgerState {
  return stance === null ? 'unknown' : stanceName(stance);
}
