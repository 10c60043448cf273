import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { SEAT_STATES, type SeatRow, type SeatState } from '@/api/shapes';
import { fold } from '@/lib/fold';
import { number } from '@/lib/format';
import { useFilters } from '@/lib/use-filters';
import { useRowKeys } from '@/lib/use-row-keys';
import { type Cell, SeatMap } from '@/map/seat-map';
import { Blank } from '@/ui/blank';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { networkQueries } from './api';
import { SeatTable } from './seat-table';

interface Props {
  network: string;
  mapSrc: string | null;
  credit: string;
  /** The panel of the chosen seat. */
  panel: (seat: SeatRow) => ReactNode;
}

const SORTS = ['code', 'name', 'state'] as const;

/** Every seat as a table and as a map, with one filter and one selection for both. */
export function SeatsDesk({ network, mapSrc, credit, panel }: Props) {
  const { t } = useTranslation('organiser');
  const { get, set } = useFilters();
  const seats = useQuery(networkQueries.seats(network));
  const state = get('state') as SeatState | '';
  const query = get('q');
  const sort = SORTS.find((name) => name === get('sort')) ?? 'code';
  const chosen = get('seat') || null;

  const rows = useMemo(() => seats.data?.items ?? [], [seats.data]);
  const matches = useMemo(() => {
    const wanted = fold(query);
    return rows.filter(
      (row) => !wanted || fold(row.name).includes(wanted) || row.code.toLowerCase().startsWith(wanted),
    );
  }, [rows, query]);
  const counts = useMemo(() => {
    const found = Object.fromEntries(SEAT_STATES.map((name) => [name, 0])) as Record<SeatState, number>;
    for (const row of matches) found[row.state] += 1;
    return found;
  }, [matches]);
  const shown = useMemo(() => {
    const kept = matches.filter((row) => !state || row.state === state);
    const order = (row: SeatRow) => SEAT_STATES.indexOf(row.state);
    return kept.sort((a, b) =>
      sort === 'state'
        ? order(b) - order(a) || a.code.localeCompare(b.code)
        : sort === 'name'
          ? a.name.localeCompare(b.name, undefined, { numeric: true })
          : a.code.localeCompare(b.code),
    );
  }, [matches, state, sort]);
  const cells = useMemo(() => {
    const visible = new Set(shown.map((row) => row.code));
    const isFiltered = shown.length < rows.length;
    return new Map<string, Cell>(
      rows.map((row) => [
        row.code,
        {
          state: row.state,
          name: row.name,
          word: t(`common:seat.${row.state}`),
          isFaded: isFiltered && !visible.has(row.code),
        },
      ]),
    );
  }, [rows, shown, t]);

  const choose = useCallback(
    (code: string) => {
      set({ seat: code === chosen ? null : code });
    },
    [set, chosen],
  );
  const move = useCallback(
    (code: string) => {
      set({ seat: code });
    },
    [set],
  );
  const codes = useMemo(() => shown.map((row) => row.code), [shown]);
  useRowKeys({ keys: codes, current: chosen, onMove: move });

  const covered = counts.filled + counts.stand_in;
  const seat = rows.find((row) => row.code === chosen);
  if (seats.isError) return <Trouble error={seats.error} retry={() => void seats.refetch()} />;
  return (
    <>
      <header className="desk-head">
        <div>
          <h1>
            {seats.data
              ? t('seats.title', { covered: number(covered), total: number(matches.length) })
              : t('room.seats')}
          </h1>
          {seats.data && <p>{t('seats.waiting', { count: counts.vacant, applied: number(counts.applied) })}</p>}
        </div>
      </header>
      <div className="filters" role="search">
        <label className="sr-only" htmlFor="seat-search">
          {t('seats.search')}
        </label>
        <input
          id="seat-search"
          className="input"
          type="search"
          placeholder={t('seats.search')}
          value={query}
          onChange={(event) => {
            set({ q: event.target.value });
          }}
        />
        {SEAT_STATES.map((name) => (
          <button
            key={name}
            type="button"
            className="chip"
            aria-pressed={state === name}
            onClick={() => {
              set({ state: state === name ? null : name });
            }}
          >
            <span className={`state is-${name}`}>{t(`common:seat.${name}`)}</span> <small>{number(counts[name])}</small>
          </button>
        ))}
      </div>
      <div className="trio">
        <section className="pane in-table" aria-labelledby="seat-table">
          <header>
            <h2 id="seat-table">{t(state ? `seats.shown_${state}` : 'seats.shown', { count: shown.length })}</h2>
            <span className="note">{t('seats.same')}</span>
          </header>
          {seats.isPending ? (
            <div className="pane-body">
              <Skeleton lines={10} />
            </div>
          ) : shown.length === 0 ? (
            <div className="pane-body">
              <Blank title={t('seats.none')}>
                <p>{t('seats.none_why')}</p>
                <button
                  type="button"
                  className="button line"
                  onClick={() => {
                    set({ q: null, state: null });
                  }}
                >
                  {t('seats.all')}
                </button>
              </Blank>
            </div>
          ) : (
            <SeatTable
              rows={shown}
              chosen={chosen}
              sort={sort}
              onSort={(name) => {
                set({ sort: name });
              }}
              onChoose={choose}
            />
          )}
          <footer>
            <span>{t('seats.of', { count: shown.length, total: number(rows.length) })}</span>
            <span className="keys">
              <kbd>J</kbd> <kbd>K</kbd> {t('keys.walk')}
            </span>
          </footer>
        </section>
        <section className="pane in-map" aria-labelledby="seat-map">
          <header>
            <h2 id="seat-map">{t('seats.map')}</h2>
          </header>
          <div className="pane-body">
            {mapSrc && rows.length > 0 ? (
              <SeatMap src={mapSrc} cells={cells} label={t('seats.map_label')} chosen={chosen} onChoose={choose} />
            ) : (
              <Skeleton lines={8} />
            )}
            {credit && <p className="map-credit">{credit}</p>}
          </div>
        </section>
        <aside className="pane in-panel" aria-label={t('seats.panel')} aria-live="polite">
          {seat ? (
            panel(seat)
          ) : (
            <div className="pane-body">
              <h2>{t('seats.choose')}</h2>
              <p className="muted">{t('seats.choose_why')}</p>
            </div>
          )}
        </aside>
      </div>
    </>
  );
}
