import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FundChoice, PlaceTotal } from '@/api/shapes';
import { SeatBadge } from '@/entities/area/seat-badge';
import { ReasonedFile } from '@/entities/person/reasoned-file';
import { fifthOf } from '@/lib/figures';
import { fold, isFound } from '@/lib/fold';
import { money, number, percent } from '@/lib/format';
import { useFilters } from '@/lib/use-filters';
import { cellsOf } from '@/map/cells-of';
import { MapPane } from '@/map/map-pane';
import { Blank } from '@/ui/blank';
import { ListBody } from '@/ui/list-body';
import { ListFoot } from '@/ui/list-foot';
import { type Column, ListTable } from '@/ui/list-table';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';
import { Ticks } from '@/ui/ticks';
import { figuresQueries, takePlaces } from './figures-api';
import type { Places } from './figures-desk';

const SORTS = ['sum', 'people', 'inhabitants', 'small', 'name'] as const;
type Sort = (typeof SORTS)[number];

const keyOf = (row: PlaceTotal) => row.code;
const smallShare = (row: PlaceTotal) => (row.small ?? 0) / (row.donations || 1);

interface Props {
  fund: FundChoice;
  period: string;
  /** The threshold, in cents. */
  under: number;
  places: Places;
}

/** What each constituency gave, as a table and on the map, with one filter and one selection for both. */
export function PlacesPane({ fund, period, under, places }: Props) {
  const { t } = useTranslation('money');
  const { get, set } = useFilters();
  const list = useQuery({ ...figuresQueries.places(fund.code, period), placeholderData: keepPreviousData });
  const query = get('q');
  const sort = SORTS.find((name) => name === get('sort')) ?? 'sum';
  const chosen = get('place') || null;
  const rows = useMemo(() => list.data?.items ?? [], [list.data]);
  const shown = useMemo(() => {
    const wanted = fold(query);
    const kept = rows.filter(
      ({ name, code }) => !wanted || isFound(name, query) || code.toLowerCase().startsWith(wanted),
    );
    const order: Record<Sort, (a: PlaceTotal, b: PlaceTotal) => number> = {
      sum: (a, b) => (b.cents ?? 0) - (a.cents ?? 0),
      people: (a, b) => (b.people ?? 0) - (a.people ?? 0),
      inhabitants: (a, b) => (b.per_thousand ?? 0) - (a.per_thousand ?? 0),
      small: (a, b) => smallShare(b) - smallShare(a),
      name: (a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }),
    };
    return kept.sort(order[sort]);
  }, [rows, query, sort]);
  const { seats } = places;
  const columns = useMemo<Column<PlaceTotal, Sort>[]>(
    () => [
      {
        name: 'place',
        word: t('column.place'),
        isHead: true,
        sort: ['name', 'ascending'],
        cell: ({ name }) => <Raised text={name} />,
      },
      {
        name: 'seat',
        word: t('figures.seat'),
        isUnderName: true,
        cell: ({ code, is_constituency }) => {
          const state = seats.get(code);
          if (!is_constituency) return t('figures.in_several');
          return state ? <SeatBadge state={state} /> : null;
        },
      },
      {
        name: 'donations',
        word: t('figures.donations_column'),
        isNumber: true,
        cell: (row) => number(row.donations ?? 0),
      },
      {
        name: 'people',
        word: t('figures.people_column'),
        isNumber: true,
        sort: ['people', 'descending'],
        cell: (row) => number(row.people ?? 0),
      },
      {
        name: 'sum',
        word: t('column.amount'),
        isNumber: true,
        sort: ['sum', 'descending'],
        cell: (row) => money(row.cents ?? 0, fund.currency),
      },
      {
        name: 'inhabitants',
        word: t('figures.inhabitants'),
        isNumber: true,
        sort: ['inhabitants', 'descending'],
        cell: ({ per_thousand }) => (per_thousand === null ? '–' : money(per_thousand, fund.currency)),
      },
      {
        name: 'drawn',
        word: t('figures.share_small', { amount: money(under, fund.currency) }),
        sort: ['small', 'descending'],
        cell: (row) => (
          <Ticks done={smallShare(row)} label={percent(row.small ?? 0, row.donations ?? 0)} weight="quiet" />
        ),
      },
      {
        name: 'small',
        word: t('figures.share'),
        isNumber: true,
        cell: (row) => percent(row.small ?? 0, row.donations ?? 0),
      },
    ],
    [t, fund.currency, under, seats],
  );
  const cells = useMemo(() => {
    const drawn = rows.filter((row) => row.is_constituency);
    const rising = drawn.map((row) => row.per_thousand ?? row.cents ?? 0).sort((a, b) => a - b);
    return cellsOf(drawn, shown, (row) => ({
      code: row.code,
      state: `sum-${fifthOf(row.per_thousand ?? row.cents ?? 0, rising)}`,
      name: row.name,
      word: money(row.cents ?? 0, fund.currency),
    }));
  }, [rows, shown, fund.currency]);
  const choose = (code: string) => {
    set({ place: code });
  };
  const unplaced = list.data?.unplaced_donations ?? 0;
  return (
    <div className="duo">
      <Pane
        title={t('figures.by_place')}
        note={
          <>
            <label className="sr-only" htmlFor="filter-places">
              {t('figures.filter')}
            </label>
            <input
              id="filter-places"
              className="input"
              type="search"
              placeholder={t('figures.filter')}
              value={query}
              onChange={(event) => {
                set({ q: event.target.value });
              }}
            />
          </>
        }
      >
        <ListBody list={list} blank={shown.length === 0 && <Blank title={t('figures.no_place')} />}>
          <ListTable
            label={t('figures.by_place')}
            rows={shown}
            columns={columns}
            keyOf={keyOf}
            sort={sort}
            onSort={(name) => {
              set({ sort: name === 'sum' ? null : name });
            }}
            chosen={chosen}
            onChoose={choose}
            isTall
          />
        </ListBody>
        <ListFoot keys="walk">
          {unplaced > 0 &&
            t('figures.unplaced', {
              count: unplaced,
              number: number(unplaced),
              amount: money(list.data?.unplaced_cents ?? 0, fund.currency),
            })}{' '}
          <ReasonedFile
            className="button bare"
            word={t('figures.take_places', { count: rows.length, number: number(rows.length) })}
            said={t('books.names_nobody')}
            take={(reason) => takePlaces(fund.code, period, reason)}
            name={`donations-${fund.code}-${period || 'month'}.csv`}
          />
        </ListFoot>
      </Pane>
      {places.mapSrc && (
        <MapPane
          title={t('figures.map')}
          note={t('figures.map_note')}
          label={t('figures.map')}
          src={places.mapSrc}
          credit={places.credit}
          cells={cells}
          chosen={chosen}
          onChoose={choose}
        />
      )}
    </div>
  );
}
