import { PayoutsDesk } from '@/features/fundraising/payouts-desk';

export function MoneyPayouts() {
  return <PayoutsDesk />;
}
