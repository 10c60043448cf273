import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardLine } from '@/api/shapes';
import { time } from '@/lib/format';
import { Raised } from '@/ui/raised';

export const BOARD_SORTS = ['seat', 'holder', 'state', 'changed'] as const;
export type BoardSort = (typeof BOARD_SORTS)[number];

interface Props {
  rows: readonly BoardLine[];
  chosen: string | null;
  sort: BoardSort;
  onSort: (sort: BoardSort) => void;
  onChoose: (code: string) => void;
}

const Row = memo(function Row({
  line,
  isChosen,
  onChoose,
}: {
  line: BoardLine;
  isChosen: boolean;
  onChoose: (code: string) => void;
}) {
  const { t } = useTranslation('common');
  return (
    <tr
      data-row={line.seat.code}
      aria-selected={isChosen}
      onClick={() => {
        onChoose(line.seat.code);
      }}
    >
      <th scope="row">
        <button type="button" className="row-link" aria-pressed={isChosen}>
          <Raised text={line.seat.name} />
        </button>
      </th>
      <td>{line.holder}</td>
      <td>
        <span className={`state is-${line.state}`}>{t(`board.${line.state}`)}</span>
      </td>
      <td className="number">{line.answered_at && time(line.answered_at)}</td>
    </tr>
  );
});

/** The table twin of the live map. */
export function BoardTable({ rows, chosen, sort, onSort, onChoose }: Props) {
  const { t } = useTranslation('organiser');
  return (
    <div className="table-scroll tall" tabIndex={0} role="group" aria-labelledby="board-table">
      <table className="table">
        <thead>
          <tr>
            {BOARD_SORTS.map((name) => (
              <th
                key={name}
                scope="col"
                aria-sort={sort === name ? (name === 'changed' ? 'descending' : 'ascending') : undefined}
                className={name === 'changed' ? 'number' : undefined}
              >
                <button
                  type="button"
                  onClick={() => {
                    onSort(name);
                  }}
                >
                  {t(`board.column_${name}`)}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((line) => (
            <Row key={line.id} line={line} isChosen={line.seat.code === chosen} onChoose={onChoose} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
