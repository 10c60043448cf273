import { DonationsDesk } from '@/features/fundraising/donations-desk';

export function MoneyDonations() {
  return <DonationsDesk />;
}
