import './advocacy.css';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LedgerRow } from '@/api/shapes';
import { shortDay } from '@/lib/format';
import { type Choice, type Column, ListTable } from '@/ui/list-table';
import { Raised } from '@/ui/raised';
import { stateOf } from './ledger-states';

export const MP_SORTS = ['seat', 'name', 'group', 'stance', 'said'] as const;
export type MpSort = (typeof MP_SORTS)[number];

interface Props extends Choice {
  label: string;
  rows: readonly LedgerRow[];
  sort: MpSort;
  onSort: (sort: MpSort) => void;
}

const keyOf = (row: LedgerRow) => row.office_holder.id;

/** Everybody who sits below the organiser's places, and where each stands on the subject. */
export function MpsTable(props: Props) {
  const { t } = useTranslation('advocacy');
  const columns = useMemo<Column<LedgerRow, MpSort>[]>(
    () => [
      {
        name: 'name',
        word: t('column_name'),
        sort: ['name', 'ascending'],
        isHead: true,
        cell: (row) => row.office_holder.full_name,
      },
      {
        name: 'seat',
        word: t('column_seat'),
        sort: ['seat', 'ascending'],
        isUnderName: true,
        cell: (row) => <Raised text={row.seat.name} />,
      },
      {
        name: 'group',
        word: t('column_group'),
        sort: ['group', 'ascending'],
        isUnderName: true,
        cell: (row) => row.group && <abbr title={row.group.name}>{row.group.abbreviation}</abbr>,
      },
      {
        name: 'stance',
        word: t('column_stance'),
        sort: ['stance', 'descending'],
        cell: (row) => (
          <>
            <span className={`state is-stance-${stateOf(row)}`}>{t(`state.${stateOf(row)}`)}</span>
            {row.is_disputed && <small> {t('disputed')}</small>}
          </>
        ),
      },
      { name: 'known', word: t('column_known'), cell: (row) => row.known_by && t(`known.${row.known_by}`) },
      {
        name: 'said',
        word: t('column_said'),
        sort: ['said', 'descending'],
        isNumber: true,
        cell: (row) => row.said_on && <time dateTime={row.said_on}>{shortDay(row.said_on)}</time>,
      },
      {
        name: 'until',
        word: t('column_until'),
        isNumber: true,
        cell: (row) =>
          row.convinced_until && <time dateTime={row.convinced_until}>{shortDay(row.convinced_until)}</time>,
      },
      {
        name: 'contact',
        word: t('column_contact'),
        isNumber: true,
        cell: (row) => row.contacted_on && <time dateTime={row.contacted_on}>{shortDay(row.contacted_on)}</time>,
      },
    ],
    [t],
  );
  return <ListTable {...props} columns={columns} keyOf={keyOf} isTall />;
}
