import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SeatRow } from '@/api/shapes';
import { SeatBadge } from '@/entities/area/seat-badge';
import { type Choice, type Column, ListTable } from '@/ui/list-table';
import { Raised } from '@/ui/raised';

export const SEAT_SORTS = ['code', 'name', 'state'] as const;
export type SeatSort = (typeof SEAT_SORTS)[number];

interface Props extends Choice {
  label: string;
  rows: readonly SeatRow[];
  sort: SeatSort;
  onSort: (sort: SeatSort) => void;
}

const keyOf = (row: SeatRow) => row.code;

/** The table twin of the map. */
export function SeatTable(props: Props) {
  const { t } = useTranslation('organiser');
  const columns = useMemo<Column<SeatRow, SeatSort>[]>(
    () => [
      { name: 'code', word: t('seats.column_code'), sort: ['code', 'ascending'], cell: (row) => row.code },
      {
        name: 'name',
        word: t('seats.column_name'),
        sort: ['name', 'ascending'],
        isHead: true,
        cell: (row) => <Raised text={row.name} />,
      },
      {
        name: 'state',
        word: t('seats.column_state'),
        sort: ['state', 'descending'],
        cell: (row) => <SeatBadge state={row.state} />,
      },
    ],
    [t],
  );
  return <ListTable {...props} columns={columns} keyOf={keyOf} isTall />;
}
