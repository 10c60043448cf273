import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Application } from '@/api/shapes';
import { duration } from '@/lib/format';
import { useNow } from '@/lib/use-now';
import { type Choice, type Column, ListTable } from '@/ui/list-table';
import { Raised } from '@/ui/raised';

export const APPLICATION_SORTS = ['due', 'name', 'seat'] as const;
export type ApplicationSort = (typeof APPLICATION_SORTS)[number];

interface Props extends Choice {
  label: string;
  rows: readonly Application[];
  sort: ApplicationSort;
  onSort: (sort: ApplicationSort) => void;
}

const keyOf = (row: Application) => row.id;

/** Whether the promised call was made, and else how long is left for it. */
function CallDue({ promise }: Pick<Application, 'promise'>) {
  const { t } = useTranslation('organiser');
  const now = useNow(30_000);
  if (!promise) return <span className="muted">{t('applications.no_promise')}</span>;
  if (promise.kept_at) return t('applications.called');
  const left = Date.parse(promise.due_at) - now;
  if (left >= 0) return t('applications.left', { left: duration(left) });
  return <span className="warm">{t('applications.late', { by: duration(-left) })}</span>;
}

/** Who owes the call, while it waits. */
function Owes({ promise }: Pick<Application, 'promise'>) {
  const { t } = useTranslation('organiser');
  if (!promise || promise.kept_at) return null;
  if (promise.is_mine) return <b>{t('applications.you')}</b>;
  return promise.owed_by || promise.owed_from || <span className="muted">{t('applications.nobody')}</span>;
}

export function ApplicationTable(props: Props) {
  const { t } = useTranslation('organiser');
  const columns = useMemo<Column<Application, ApplicationSort>[]>(
    () => [
      {
        name: 'name',
        word: t('applications.column_name'),
        sort: ['name', 'ascending'],
        isHead: true,
        cell: (row) => row.person.name,
      },
      {
        name: 'seat',
        word: t('applications.column_seat'),
        sort: ['seat', 'ascending'],
        isUnderName: true,
        cell: (row) => <Raised text={row.seat.name} />,
      },
      {
        name: 'owed',
        word: t('applications.column_owed'),
        cell: (row) => <Owes promise={row.promise} />,
      },
      {
        name: 'due',
        word: t('applications.column_due'),
        sort: ['due', 'ascending'],
        isNumber: true,
        cell: (row) => <CallDue promise={row.promise} />,
      },
    ],
    [t],
  );
  return <ListTable {...props} columns={columns} keyOf={keyOf} isTall />;
}
