import type { TFunction } from 'i18next';
import type { Tally } from '@/api/shapes';
import { number } from '@/lib/format';
import type { Column } from '@/ui/list-table';
import { Compared } from './compared';

interface Line {
  now: Tally | null;
  before: Tally | null;
}

type Counted = Exclude<keyof Tally, 'median_hours' | 'ninth_hours'>;

const hours = (value: number | null) => (value === null ? '–' : `${number(value)}\u00a0h`);

/** Columns of how many seats are covered and dormant now. */
export function coverageColumns<Row extends { covered: number; dormant: number }>(
  t: TFunction<'organiser'>,
  seatsOf: (row: Row) => number,
): Column<Row>[] {
  return [
    {
      name: 'covered',
      word: t('insights.covered'),
      isNumber: true,
      cell: (row) => t('insights.of', { part: number(row.covered), whole: number(seatsOf(row)) }),
    },
    { name: 'dormant', word: t('common:seat.dormant'), isNumber: true, cell: ({ dormant }) => number(dormant) },
  ];
}

/** Columns of what happened, each number beside the one of the span before; a dash where it is not the reader's to know. */
export function tallyColumns<Row extends Line>(t: TFunction<'organiser'>, names: readonly Counted[]): Column<Row>[] {
  const counts = names.map((name) => ({
    name,
    word: t(`insights.${name}`),
    isNumber: true,
    cell: ({ now, before }: Row) => (now && before ? <Compared now={now[name]} before={before[name]} /> : '–'),
  }));
  const waited = {
    name: 'hours',
    word: t('insights.hours'),
    isNumber: true,
    cell: ({ now }: Row) => (now ? `${hours(now.median_hours)} / ${hours(now.ninth_hours)}` : '–'),
  };
  return [...counts.slice(0, 2), waited, ...counts.slice(2)];
}
