import { FundsDesk } from '@/features/fundraising/funds-desk';

export function MoneyFunds() {
  return <FundsDesk />;
}
