import { ImportDesk } from '@/features/people/import-desk';

export function DeskImport() {
  return <ImportDesk />;
}
