import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SeatRow } from '@/api/shapes';
import { SeatBadge } from '@/entities/area/seat-badge';
import { Raised } from '@/ui/raised';

interface Props {
  rows: readonly SeatRow[];
  chosen: string | null;
  sort: 'code' | 'name' | 'state';
  onSort: (sort: 'code' | 'name' | 'state') => void;
  onChoose: (code: string) => void;
}

const Row = memo(function Row({
  row,
  isChosen,
  onChoose,
}: {
  row: SeatRow;
  isChosen: boolean;
  onChoose: (code: string) => void;
}) {
  return (
    <tr
      data-row={row.code}
      aria-selected={isChosen}
      onClick={() => {
        onChoose(row.code);
      }}
    >
      <td>{row.code}</td>
      <th scope="row">
        <button type="button" className="row-link" aria-pressed={isChosen}>
          <Raised text={row.name} />
        </button>
      </th>
      <td>
        <SeatBadge state={row.state} />
      </td>
    </tr>
  );
});

/** The table twin of the map. */
export function SeatTable({ rows, chosen, sort, onSort, onChoose }: Props) {
  const { t } = useTranslation('organiser');
  return (
    <div className="table-scroll tall" tabIndex={0} role="group" aria-labelledby="seat-table">
      <table className="table">
        <thead>
          <tr>
            {(['code', 'name', 'state'] as const).map((name) => (
              <th
                key={name}
                scope="col"
                aria-sort={sort === name ? (name === 'state' ? 'descending' : 'ascending') : undefined}
              >
                <button
                  type="button"
                  onClick={() => {
                    onSort(name);
                  }}
                >
                  {t(`seats.column_${name}`)}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.code} row={row} isChosen={row.code === chosen} onChoose={onChoose} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
