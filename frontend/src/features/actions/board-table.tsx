import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardLine } from '@/api/shapes';
import { moment } from '@/lib/format';
import { useNow } from '@/lib/use-now';
import { type Choice, type Column, ListTable } from '@/ui/list-table';
import { Raised } from '@/ui/raised';

export const BOARD_SORTS = ['seat', 'holder', 'state', 'changed'] as const;
export type BoardSort = (typeof BOARD_SORTS)[number];

interface Props extends Choice {
  label: string;
  rows: readonly BoardLine[];
  sort: BoardSort;
  onSort: (sort: BoardSort) => void;
}

const keyOf = (line: BoardLine) => line.seat.code;

/** The table twin of the live map. */
export function BoardTable(props: Props) {
  const { t } = useTranslation('organiser');
  const today = useNow(60 * 60_000);
  const columns = useMemo<Column<BoardLine, BoardSort>[]>(
    () => [
      {
        name: 'seat',
        word: t('board.column_seat'),
        sort: ['seat', 'ascending'],
        isHead: true,
        cell: (line) => <Raised text={line.seat.name} />,
      },
      {
        name: 'holder',
        word: t('board.column_holder'),
        sort: ['holder', 'ascending'],
        cell: (line) => line.holder,
      },
      {
        name: 'state',
        word: t('board.column_state'),
        sort: ['state', 'ascending'],
        cell: (line) => <span className={`state is-${line.state}`}>{t(`common:board.${line.state}`)}</span>,
      },
      {
        name: 'changed',
        word: t('board.column_changed'),
        sort: ['changed', 'descending'],
        isNumber: true,
        cell: (line) => line.answered_at && moment(line.answered_at, today),
      },
    ],
    [t, today],
  );
  return <ListTable {...props} columns={columns} keyOf={keyOf} isTall />;
}
