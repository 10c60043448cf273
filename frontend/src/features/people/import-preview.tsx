import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportLine, ImportRow } from '@/api/shapes';
import { Blank } from '@/ui/blank';
import { ListBody } from '@/ui/list-body';
import { type Column, ListTable } from '@/ui/list-table';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';
import { importQueries } from './import-api';

const keyOf = (line: ImportLine) => String(line.number);

/** The first twenty lines, and what is to become of each. */
export function ImportPreview({ row }: { row: ImportRow }) {
  const { t } = useTranslation('organiser');
  const preview = useQuery(importQueries.preview(row.id, row.status));
  const rows = preview.data?.items ?? [];
  const columns = useMemo<Column<ImportLine>[]>(
    () => [
      { name: 'line', word: t('import.column_line'), isNumber: true, cell: (line) => line.number },
      {
        name: 'name',
        word: t('people.column_name'),
        isHead: true,
        cell: (line) => `${line.given_name} ${line.family_name}`.trim(),
      },
      {
        name: 'outcome',
        word: t('import.column_outcome'),
        cell: (line) => (
          <>
            <span className={`outcome is-${line.outcome}`}>{t(`import.line_${line.outcome}`)}</span>
            {[...line.refused, ...line.remarks].map(({ code, told }) => (
              <span key={code} className="why">
                {told}
              </span>
            ))}
          </>
        ),
      },
      {
        name: 'reach',
        word: t('people.column_reach'),
        cell: (line) => [line.email, line.phone].filter(Boolean).join(', '),
      },
      { name: 'place', word: t('import.column_place'), cell: (line) => <Raised text={line.locality || line.area} /> },
    ],
    [t],
  );
  return (
    <Pane title={t('import.first_lines')}>
      <ListBody list={preview} blank={rows.length === 0 && <Blank title={t('import.none')} />}>
        <ListTable label={t('import.first_lines')} rows={rows} columns={columns} keyOf={keyOf} />
      </ListBody>
    </Pane>
  );
}
