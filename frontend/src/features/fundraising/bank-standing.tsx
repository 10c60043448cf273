import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { money } from '@/lib/format';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { bankQuery } from './books-api';

/** How bank and books stand, in four sums. */
export function BankStanding({ code }: { code: string }) {
  const { t } = useTranslation('money');
  const bank = useQuery(bankQuery(code));
  if (bank.isPending) return <Skeleton lines={2} />;
  if (bank.isError) return <Trouble error={bank.error} retry={() => void bank.refetch()} />;
  const { closing, booked, open_lines, open_lines_sum, open_entries, open_entries_sum, currency } = bank.data;
  const sums = [
    ['closing', closing === null ? t('bank.not_told') : money(closing, currency), ''],
    ['booked', money(booked, currency), ''],
    ['open_lines', money(open_lines_sum, currency), t('bank.count', { count: open_lines, number: open_lines })],
    ['open_entries', money(open_entries_sum, currency), t('bank.entries', { count: open_entries })],
  ] as const;
  return (
    <dl className="bank-standing">
      {sums.map(([name, sum, note]) => (
        <div key={name}>
          <dt>{t(`bank.sum_${name}`)}</dt>
          <dd>
            {sum} {note && <small>{note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
