import { useTranslation } from 'react-i18next';
import type { BankEntry } from '@/api/shapes';
import { dated } from '@/lib/format';
import { Raised } from '@/ui/raised';

/** An entry of the books in words: what it is, of which day, and what tells it apart. */
export function BankEntryWords({ entry }: { entry: BankEntry }) {
  const { t } = useTranslation('money');
  return (
    <span>
      {t(`kind.${entry.kind}`)}
      {entry.hint && ` ${entry.hint}`}, <Raised text={dated(entry.booked_on)} />
    </span>
  );
}
