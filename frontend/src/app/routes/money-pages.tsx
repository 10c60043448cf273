import { PagesDesk } from '@/features/fundraising/pages-desk';

export function MoneyPages() {
  return <PagesDesk />;
}
