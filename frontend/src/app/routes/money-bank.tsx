import { BankDesk } from '@/features/fundraising/bank-desk';

export function MoneyBank() {
  return <BankDesk />;
}
