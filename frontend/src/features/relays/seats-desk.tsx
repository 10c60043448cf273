import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { SEAT_STATES, type SeatRow, type SeatState } from '@/api/shapes';
import { SeatBadge } from '@/entities/area/seat-badge';
import { fold, isFound } from '@/lib/fold';
import { number } from '@/lib/format';
import { useFilters } from '@/lib/use-filters';
import { cellsOf } from '@/map/cells-of';
import { MapPane } from '@/map/map-pane';
import { Blank } from '@/ui/blank';
import { DeskHead } from '@/ui/desk-head';
import { Filters } from '@/ui/filters';
import { ListBody } from '@/ui/list-body';
import { ListFoot } from '@/ui/list-foot';
import { Pane } from '@/ui/pane';
import { SidePanel } from '@/ui/side-panel';
import { Trouble } from '@/ui/trouble';
import { networkQueries } from './api';
import { SEAT_SORTS, SeatTable } from './seat-table';

interface Props {
  network: string;
  mapSrc: string | null;
  credit: string;
  /** Names of the places of the reader, where they organise less than the whole: what the title counts. */
  places?: readonly string[];
  /** The panel of the chosen seat. */
  panel: (seat: SeatRow) => ReactNode;
}

/** Every seat as a table and as a map, with one filter and one selection for both. */
export function SeatsDesk({ network, mapSrc, credit, places, panel }: Props) {
  const { t } = useTranslation('organiser');
  const { get, set, toggle } = useFilters();
  const seats = useQuery(networkQueries.seats(network));
  const state = SEAT_STATES.find((name) => name === get('state')) ?? '';
  const query = get('q');
  const sort = SEAT_SORTS.find((name) => name === get('sort')) ?? 'code';
  const chosen = get('seat') || null;

  const rows = useMemo(() => seats.data?.items ?? [], [seats.data]);
  const matches = useMemo(() => {
    const wanted = fold(query);
    return rows.filter((row) => !wanted || isFound(row.name, query) || row.code.toLowerCase().startsWith(wanted));
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
  const cells = useMemo(
    () => cellsOf(rows, shown, ({ code, name, state }) => ({ code, name, state, word: t(`common:seat.${state}`) })),
    [rows, shown, t],
  );
  const choose = useCallback(
    (code: string) => {
      toggle('seat', code);
    },
    [toggle],
  );

  const mine = places ? matches.filter((row) => places.includes(row.group) || places.includes(row.name)) : matches;
  const inState = (...names: SeatState[]) => mine.filter((row) => names.includes(row.state)).length;
  const seat = rows.find((row) => row.code === chosen);
  if (seats.isLoadingError) return <Trouble error={seats.error} retry={() => void seats.refetch()} />;
  const title = t(state ? `seats.shown_${state}` : 'seats.shown', { count: shown.length });
  return (
    <>
      <DeskHead
        title={
          seats.data
            ? t(places ? 'seats.title_mine' : 'seats.title', {
                covered: number(inState('filled', 'stand_in')),
                total: number(mine.length),
              })
            : t('room.seats')
        }
        lead={seats.data && t('seats.waiting', { count: inState('vacant'), applied: number(inState('applied')) })}
      />
      {seats.isRefetchError && (
        <Trouble error={seats.error} retry={() => void seats.refetch()} kept={t('board.kept')} />
      )}
      <Filters
        label={t('seats.search')}
        query={query}
        onQuery={(q) => {
          set({ q });
        }}
        chips={SEAT_STATES.map((name) => ({
          name,
          content: (
            <>
              <SeatBadge state={name} /> <small>{number(counts[name])}</small>
            </>
          ),
        }))}
        pressed={state}
        onPress={(name) => {
          toggle('state', name);
        }}
      />
      <div className="trio">
        <Pane title={title} note={t('seats.same')} className="in-table">
          <ListBody
            list={seats}
            blank={
              shown.length === 0 && (
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
              )
            }
          >
            <SeatTable
              label={title}
              rows={shown}
              sort={sort}
              onSort={(name) => {
                set({ sort: name });
              }}
              chosen={chosen}
              onChoose={choose}
              onMove={(code) => {
                set({ seat: code });
              }}
            />
          </ListBody>
          <ListFoot keys="walk">
            {seats.data && t('seats.of', { count: shown.length, total: number(rows.length) })}
          </ListFoot>
        </Pane>
        <MapPane
          title={t('seats.map')}
          label={t('seats.map_label')}
          src={mapSrc}
          credit={credit}
          cells={cells}
          chosen={chosen}
          onChoose={choose}
        />
        <SidePanel label={t('seats.panel')} title={t('seats.choose')} why={t('seats.choose_why')} isWalked>
          {seat && panel(seat)}
        </SidePanel>
      </div>
    </>
  );
}
