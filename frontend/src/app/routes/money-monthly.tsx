import { MonthlyDesk } from '@/features/fundraising/monthly-desk';

export function MoneyMonthly() {
  return <MonthlyDesk />;
}
