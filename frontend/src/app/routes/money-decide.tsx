import { DecideDesk } from '@/features/fundraising/decide-desk';

export function MoneyDecide() {
  return <DecideDesk />;
}
