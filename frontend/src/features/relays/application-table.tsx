import { useTranslation } from 'react-i18next';
import type { Application } from '@/api/shapes';
import { duration } from '@/lib/format';
import { useNow } from '@/lib/use-now';
import { Raised } from '@/ui/raised';

export const APPLICATION_SORTS = ['due', 'name', 'seat'] as const;
export type ApplicationSort = (typeof APPLICATION_SORTS)[number];

interface Props {
  rows: readonly Application[];
  chosen: string | null;
  sort: ApplicationSort;
  onSort: (sort: ApplicationSort) => void;
  onChoose: (id: string) => void;
}

export function ApplicationTable({ rows, chosen, sort, onSort, onChoose }: Props) {
  const { t } = useTranslation('organiser');
  const now = useNow(30_000);

  function promise(row: Application) {
    if (!row.promise) return <span className="muted">{t('applications.no_promise')}</span>;
    if (row.promise.kept_at) return t('applications.called');
    const left = Date.parse(row.promise.due_at) - now;
    return left >= 0 ? (
      t('applications.left', { left: duration(left) })
    ) : (
      <span className="warm">{t('applications.late', { by: duration(-left) })}</span>
    );
  }
  return (
    <div className="table-scroll tall" tabIndex={0} role="group" aria-labelledby="applications">
      <table className="table">
        <thead>
          <tr>
            {(['name', 'seat', 'due'] as const).map((name) => (
              <th
                key={name}
                scope="col"
                aria-sort={sort === name ? 'ascending' : undefined}
                className={name === 'due' ? 'number' : undefined}
              >
                <button
                  type="button"
                  onClick={() => {
                    onSort(name);
                  }}
                >
                  {t(`applications.column_${name}`)}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={row.id}
              data-row={row.id}
              aria-selected={row.id === chosen}
              onClick={() => {
                onChoose(row.id);
              }}
            >
              <th scope="row">
                <button type="button" className="row-link" aria-pressed={row.id === chosen}>
                  {row.person.name}
                </button>
              </th>
              <td>
                <Raised text={row.seat.name} />
              </td>
              <td className="number">{promise(row)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
