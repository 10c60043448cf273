import { JournalDesk } from '@/features/fundraising/journal-desk';

export function MoneyJournal() {
  return <JournalDesk />;
}
