import type { Cell } from './seat-map';

/** The cells of all rows; those that a filter leaves out fade. */
export function cellsOf<Row>(
  rows: readonly Row[],
  shown: readonly Row[],
  cell: (row: Row) => Cell & { code: string },
): Map<string, Cell> {
  const kept = new Set(shown);
  const isFiltered = shown.length < rows.length;
  return new Map(
    rows.map((row) => {
      const { code, ...rest } = cell(row);
      return [code, { ...rest, isFaded: isFiltered && !kept.has(row) }];
    }),
  );
}
