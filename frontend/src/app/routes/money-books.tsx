import { BooksDesk } from '@/features/fundraising/books-desk';

export function MoneyBooks() {
  return <BooksDesk />;
}
