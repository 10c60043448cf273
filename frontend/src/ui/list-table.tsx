import { memo, type ReactNode, useMemo } from 'react';
import { useRowKeys } from '@/lib/use-row-keys';

export interface Column<Row, Sort extends string = never> {
  name: string;
  word: string;
  cell: (row: Row) => ReactNode;
  /** Set where the list can be sorted by this column: the sort's name, and the way it then runs. */
  sort?: [name: Sort, order: 'ascending' | 'descending'];
  isNumber?: boolean;
  /** The column that names the row. */
  isHead?: boolean;
  /** On a telephone it stands under the name of the row, in no column of its own. */
  isUnderName?: boolean;
}

/** The row that is chosen, and how another one is. */
export interface Choice {
  chosen?: string | null;
  /** By a click, or by the button in the column that names the row. */
  onChoose?: (key: string) => void;
  /** By J and K; `onChoose` when not given. */
  onMove?: (key: string) => void;
  /** By Enter. */
  onOpen?: (key: string) => void;
}

interface Props<Row, Sort extends string> extends Choice {
  label: string;
  rows: readonly Row[];
  /** Declared once (a constant, or useMemo): a new list draws every row again. */
  columns: readonly Column<Row, Sort>[];
  keyOf: (row: Row) => string;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  /** Scrolls in its own box, under its head. */
  isTall?: boolean;
}

interface LineProps<Row> {
  row: Row;
  id: string;
  columns: readonly Column<Row, string>[];
  isChosen: boolean | undefined;
  onChoose: ((key: string) => void) | undefined;
}

function classOf({ isNumber, isUnderName }: Pick<Column<unknown>, 'isNumber' | 'isUnderName'>) {
  return [isNumber && 'number', isUnderName && 'beside-name'].filter(Boolean).join(' ') || undefined;
}

function PlainLine<Row>({ row, id, columns, isChosen, onChoose }: LineProps<Row>) {
  return (
    <tr
      data-row={id}
      aria-selected={isChosen}
      className={onChoose && 'is-choosable'}
      onClick={() => {
        onChoose?.(id);
      }}
    >
      {columns.map((column) =>
        column.isHead ? (
          <th key={column.name} scope="row">
            {onChoose ? (
              <button type="button" className="row-link" aria-pressed={isChosen}>
                {column.cell(row)}
              </button>
            ) : (
              column.cell(row)
            )}
            {columns
              .filter(({ isUnderName }) => isUnderName)
              .map(({ name, cell }) => (
                <small key={name} className="under-name">
                  {cell(row)}
                </small>
              ))}
          </th>
        ) : (
          <td key={column.name} className={classOf(column)}>
            {column.cell(row)}
          </td>
        ),
      )}
    </tr>
  );
}
const Line = memo(PlainLine) as typeof PlainLine;

interface SortsProps<Row, Sort extends string> {
  columns: readonly Column<Row, Sort>[];
  sort: Sort | undefined;
  onSort: ((sort: Sort) => void) | undefined;
}

/** On a telephone, under the head of the names: sorts by what stands under each name there, and says whether it does. */
function SortsUnderName<Row, Sort extends string>({ columns, sort, onSort }: SortsProps<Row, Sort>) {
  return columns.map(({ name, word, sort: by, isUnderName }) => {
    if (!by || !isUnderName) return null;
    const isSorted = by[0] === sort;
    return (
      <button
        key={name}
        type="button"
        className="under-name"
        aria-pressed={isSorted}
        data-order={isSorted ? by[1] : undefined}
        onClick={() => onSort?.(by[0])}
      >
        {word}
      </button>
    );
  });
}

/** Rows under columns that sort them; one row may be chosen, with a click or with J and K. */
export function ListTable<Row, Sort extends string = never>(props: Props<Row, Sort>) {
  const { label, rows, columns, keyOf, sort, onSort, isTall, chosen, onChoose, onMove = onChoose, onOpen } = props;
  const keys = useMemo(() => rows.map(keyOf), [rows, keyOf]);
  useRowKeys({ keys: onMove ? keys : [], current: chosen ?? null, onMove, onOpen });
  return (
    <div className={isTall ? 'table-scroll tall' : 'table-scroll'} tabIndex={0} role="group" aria-label={label}>
      <table className="table">
        <thead>
          <tr>
            {columns.map(({ name, word, sort: by, isHead, ...column }) => (
              <th
                key={name}
                scope="col"
                aria-sort={by && by[0] === sort ? by[1] : undefined}
                className={classOf(column)}
              >
                {by ? (
                  <button type="button" onClick={() => onSort?.(by[0])}>
                    {word}
                  </button>
                ) : (
                  word
                )}
                {isHead && <SortsUnderName columns={columns} sort={sort} onSort={onSort} />}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => {
            const key = keys[index] ?? '';
            return (
              <Line
                key={key}
                id={key}
                row={row}
                columns={columns}
                isChosen={onMove && key === chosen}
                onChoose={onChoose}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
