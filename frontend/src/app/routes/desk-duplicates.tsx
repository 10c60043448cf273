import { DuplicatesDesk } from '@/features/people/duplicates-desk';

export function DeskDuplicates() {
  return <DuplicatesDesk />;
}
