import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DonationRow } from '@/api/shapes';
import { money, shortDay, time } from '@/lib/format';
import { type Choice, type Column, ListTable } from '@/ui/list-table';
import { Raised } from '@/ui/raised';
import { DonationState } from './donation-state';

export const DONATION_SORTS = ['latest', 'oldest', 'largest'] as const;
export type DonationSort = (typeof DONATION_SORTS)[number];

interface Props extends Choice {
  label: string;
  rows: readonly DonationRow[];
  sort: DonationSort;
  onSort: (sort: DonationSort) => void;
}

const keyOf = (row: DonationRow) => row.id;

export function DonationTable({ sort, onSort, ...props }: Props) {
  const { t } = useTranslation('money');
  const columns = useMemo<Column<DonationRow, DonationSort>[]>(
    () => [
      {
        name: 'name',
        word: t('column.name'),
        isHead: true,
        cell: (row) => `${row.given_name} ${row.family_name}`.trim() || t('unnamed'),
      },
      {
        name: 'day',
        word: t('column.day'),
        sort: sort === 'oldest' ? ['oldest', 'ascending'] : ['latest', 'descending'],
        isUnderName: true,
        cell: (row) => (
          <time dateTime={row.started_at}>
            <Raised text={shortDay(row.started_at)} />, {time(row.started_at)}
          </time>
        ),
      },
      {
        name: 'amount',
        word: t('column.amount'),
        sort: ['largest', 'descending'],
        isNumber: true,
        cell: (row) => (
          <>
            <b>{money(row.amount, row.currency)}</b>
            {row.is_monthly && <> {t('each_month')}</>}
          </>
        ),
      },
      { name: 'state', word: t('column.state'), cell: (row) => <DonationState state={row.state} /> },
      { name: 'method', word: t('column.method'), cell: (row) => row.method && t(`method.${row.method}`) },
      {
        name: 'place',
        word: t('column.place'),
        cell: (row) => <Raised text={row.place || row.commune} />,
      },
      {
        name: 'before',
        word: t('column.before'),
        cell: (row) => t(row.is_returning ? 'before.returning' : 'before.new'),
      },
    ],
    [t, sort],
  );
  return (
    <ListTable
      {...props}
      columns={columns}
      keyOf={keyOf}
      sort={sort}
      onSort={(name) => {
        // By the day: pressed again, it runs the other way.
        onSort(name === 'latest' && sort === 'latest' ? 'oldest' : name === 'oldest' ? 'latest' : name);
      }}
      isTall
    />
  );
}
