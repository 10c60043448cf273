import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SeatToFill } from '@/api/shapes';
import { SeatBadge } from '@/entities/area/seat-badge';
import { number, shortDay } from '@/lib/format';
import { type Choice, type Column, ListTable } from '@/ui/list-table';
import { Raised } from '@/ui/raised';

export const FILLING_SORTS = ['since', 'code', 'next'] as const;
export type FillingSort = (typeof FILLING_SORTS)[number];

interface Props extends Choice {
  label: string;
  rows: readonly SeatToFill[];
  sort: FillingSort;
  onSort: (sort: FillingSort) => void;
}

const keyOf = (row: SeatToFill) => row.id;

/** What was tried last, by whom and when. */
function Tried({ row }: { row: SeatToFill }) {
  const { t } = useTranslation('organiser');
  const step = row.last_step;
  if (!step) return <span className="muted">{t('filling.nothing_tried')}</span>;
  const by = step.by ? (step.by.is_me ? t('filling.me') : step.by.name) : '';
  return (
    <>
      {t(`filling.step_${step.kind}`)}{' '}
      <small>
        <Raised text={[by, shortDay(step.at)].filter(Boolean).join(', ')} />
      </small>
    </>
  );
}

export function FillingTable(props: Props) {
  const { t } = useTranslation('organiser');
  const columns = useMemo<Column<SeatToFill, FillingSort>[]>(
    () => [
      {
        name: 'name',
        word: t('seats.column_name'),
        isHead: true,
        sort: ['code', 'ascending'],
        cell: (row) => <Raised text={row.name} />,
      },
      { name: 'state', word: t('seats.column_state'), cell: (row) => <SeatBadge state={row.state} /> },
      {
        name: 'since',
        word: t('filling.column_since'),
        sort: ['since', 'ascending'],
        cell: (row) => <Raised text={shortDay(row.since)} />,
      },
      {
        name: 'volunteers',
        word: t('filling.column_volunteers'),
        isNumber: true,
        cell: (row) => number(row.volunteers),
      },
      {
        name: 'neighbours',
        word: t('filling.column_neighbours'),
        isNumber: true,
        cell: (row) => number(row.neighbours),
      },
      {
        name: 'whose',
        word: t('filling.column_whose'),
        cell: (row) => (row.taken_by ? (row.taken_by.is_me ? t('filling.me') : row.taken_by.name) : ''),
      },
      { name: 'tried', word: t('filling.column_tried'), cell: (row) => <Tried row={row} /> },
      {
        name: 'next',
        word: t('filling.column_next'),
        sort: ['next', 'ascending'],
        cell: (row) => (
          <>
            {row.next_step_on && (
              <>
                <b>{shortDay(row.next_step_on)}</b>{' '}
              </>
            )}
            {row.next_step && <small>{row.next_step}</small>}
            {row.snoozed_until && <small>{t('filling.until', { day: shortDay(row.snoozed_until) })}</small>}
          </>
        ),
      },
    ],
    [t],
  );
  return <ListTable {...props} columns={columns} keyOf={keyOf} isTall />;
}
