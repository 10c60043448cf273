import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ImportRow } from '@/api/shapes';
import { day, number } from '@/lib/format';
import { Blank } from '@/ui/blank';
import { ListBody } from '@/ui/list-body';
import { type Column, ListTable } from '@/ui/list-table';
import { Pane } from '@/ui/pane';
import { importQueries } from './import-api';
import { ImportTakeOver } from './import-take-over';
import { ImportUndo } from './import-undo';

const keyOf = (row: ImportRow) => row.id;

/** The files that I brought in, each with what it did and the way back; and those that somebody left, to be taken over. */
export function ImportList() {
  const { t } = useTranslation('organiser');
  const list = useQuery(importQueries.list);
  const rows = useMemo(() => list.data?.items ?? [], [list.data]);
  const columns = useMemo<Column<ImportRow>[]>(
    () => [
      {
        name: 'origin',
        word: t('import.origin_short'),
        isHead: true,
        cell: (row) =>
          row.is_mine ? (
            <Link to={`/desk/people/import?id=${row.id}`}>{row.origin || row.file_name || t('import.unnamed')}</Link>
          ) : (
            <>
              {row.origin || t('import.unnamed')} <span className="hint">{t('import.left')}</span>
            </>
          ),
      },
      // First of all where it stands: on a phone no more fits beside the name.
      { name: 'status', word: t('import.column_status'), cell: (row) => t(`import.status_${row.status}`) },
      { name: 'day', word: t('import.column_day'), cell: (row) => day(row.created_at) },
      { name: 'lines', word: t('import.column_lines'), isNumber: true, cell: (row) => number(row.lines) },
      {
        name: 'created',
        word: t('import.column_created'),
        isNumber: true,
        cell: (row) => number(row.counts.created ?? 0),
      },
      {
        name: 'undo',
        word: t('import.column_undo'),
        cell: (row) => (row.is_mine ? row.can_be_undone && <ImportUndo row={row} /> : <ImportTakeOver row={row} />),
      },
    ],
    [t],
  );
  return (
    <Pane title={t('import.past')}>
      <ListBody
        list={list}
        blank={
          rows.length === 0 && (
            <Blank title={t('import.none')}>
              <p>{t('import.none_why')}</p>
            </Blank>
          )
        }
      >
        <ListTable label={t('import.past')} rows={rows} columns={columns} keyOf={keyOf} />
      </ListBody>
    </Pane>
  );
}
