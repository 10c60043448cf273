import { BatchesDesk } from '@/features/fundraising/batches-desk';

export function MoneyBatches() {
  return <BatchesDesk />;
}
