import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Action, BOARD_STATES, type BoardLine, type BoardState } from '@/api/shapes';
import { fold } from '@/lib/fold';
import { day, isSameDay, number, time } from '@/lib/format';
import { useFilters } from '@/lib/use-filters';
import { useOnline } from '@/lib/use-online';
import { useRowKeys } from '@/lib/use-row-keys';
import { type Cell, SeatMap } from '@/map/seat-map';
import { Blank } from '@/ui/blank';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { BoardFeed } from './board-feed';
import { BoardPanel } from './board-panel';
import { boardQuery } from './board-query';
import { BoardStrip } from './board-strip';
import { BOARD_SORTS, BoardTable } from './board-table';
import { StopAction } from './stop-action';

interface Props {
  action: Action;
  mapSrc: string | null;
  credit: string;
  officeHolder: (code: string) => React.ReactNode;
}

/** A running action: one strip with a tick for each seat, counts that filter, map, table, panel and what comes in. */
export function BoardDesk({ action, mapSrc, credit, officeHolder }: Props) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const isOnline = useOnline();
  const { get, set } = useFilters();
  const isLive = action.status === 'launched';
  const query = boardQuery(action.id, queries);
  const board = useQuery({ ...query, refetchInterval: isLive ? 3_000 : false });
  const state = BOARD_STATES.find((name) => name === get('state')) ?? '';
  const search = get('q');
  const sort = BOARD_SORTS.find((name) => name === get('sort')) ?? 'seat';
  const chosen = get('seat') || null;

  const lines = useMemo(() => [...(board.data?.lines.values() ?? [])], [board.data]);
  const shown = useMemo(() => {
    const wanted = fold(search);
    const key = (line: BoardLine) =>
      sort === 'state'
        ? String(BOARD_STATES.indexOf(line.state))
        : sort === 'holder'
          ? (line.holder ?? '\uffff')
          : line.seat.code;
    return lines
      .filter((line) => !state || line.state === state)
      .filter(
        (line) =>
          !wanted ||
          fold(`${line.seat.name} ${line.holder ?? ''}`).includes(wanted) ||
          line.seat.code.toLowerCase().startsWith(wanted),
      )
      .sort((a, b) =>
        sort === 'changed'
          ? b.changed_at.localeCompare(a.changed_at)
          : key(a).localeCompare(key(b)) || a.seat.code.localeCompare(b.seat.code),
      );
  }, [lines, state, search, sort]);
  const cells = useMemo(() => {
    const visible = new Set(shown.map((line) => line.seat.code));
    const isFiltered = shown.length < lines.length;
    return new Map<string, Cell>(
      lines.map((line) => [
        line.seat.code,
        {
          state: line.state,
          name: line.seat.name,
          word: t(`common:board.${line.state}`),
          isFaded: isFiltered && !visible.has(line.seat.code),
        },
      ]),
    );
  }, [lines, shown, t]);
  const codes = useMemo(() => shown.map((line) => line.seat.code), [shown]);
  const choose = useCallback(
    (code: string) => {
      set({ seat: code });
    },
    [set],
  );
  useRowKeys({ keys: codes, current: chosen, onMove: choose });
  const line = lines.find((one) => one.seat.code === chosen);
  const total = lines.length;

  return (
    <>
      <header className="desk-head">
        <div>
          <h1>{action.title}</h1>
          <p>
            <span className={isLive && isOnline && !board.isError ? 'live' : 'live is-still'}>
              {t(
                isLive ? (isOnline && !board.isError ? 'board.live' : 'board.lost') : `actions.status_${action.status}`,
              )}
            </span>
            {', '}
            {isSameDay(action.starts_at, action.ends_at)
              ? t('board.window_day', {
                  day: day(action.starts_at),
                  from: time(action.starts_at),
                  to: time(action.ends_at),
                })
              : t('board.window', { from: day(action.starts_at), to: day(action.ends_at) })}
            {board.data && isLive ? ` ${t('board.as_of', { at: time(board.data.asOf) })}` : ''}
          </p>
        </div>
        <div className="buttons">
          <a className="button line" href={`/api/v1/actions/${action.id}/board/export/`} download>
            {t('board.export')}
          </a>
          <Link className="button line" to={`/desk/actions/${action.id}`}>
            {t('board.brief')}
          </Link>
          {action.abilities.stop && <StopAction action={action} />}
        </div>
      </header>
      {board.isError && (
        <Trouble error={board.error} retry={() => void board.refetch()} kept={board.data ? t('board.kept') : ''} />
      )}
      {board.data && (
        <BoardStrip
          counts={board.data.counts}
          total={total}
          state={state}
          onState={(name: BoardState) => {
            set({ state: state === name ? null : name });
          }}
        />
      )}
      <div className="filters" role="search">
        <label className="sr-only" htmlFor="board-search">
          {t('board.search')}
        </label>
        <input
          id="board-search"
          className="input"
          type="search"
          placeholder={t('board.search')}
          value={search}
          onChange={(event) => {
            set({ q: event.target.value });
          }}
        />
      </div>
      <div className="trio">
        <section className="pane in-table" aria-labelledby="board-table">
          <header>
            <h2 id="board-table">{t(state ? `board.shown_${state}` : 'board.shown', { count: shown.length })}</h2>
            <span className="note">{t('board.same')}</span>
          </header>
          {board.isPending ? (
            <div className="pane-body">
              <Skeleton lines={10} />
            </div>
          ) : shown.length === 0 ? (
            <div className="pane-body">
              <Blank title={t('board.none')}>
                <p>{t('board.none_why')}</p>
                <button
                  type="button"
                  className="button line"
                  onClick={() => {
                    set({ q: null, state: null });
                  }}
                >
                  {t('board.all')}
                </button>
              </Blank>
            </div>
          ) : (
            <BoardTable
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
            <span>{t('seats.of', { count: shown.length, total: number(total) })}</span>
            <span className="keys">
              <kbd>J</kbd> <kbd>K</kbd> {t('keys.walk')}
            </span>
          </footer>
        </section>
        <section className="pane in-map" aria-labelledby="board-map">
          <header>
            <h2 id="board-map">{t('board.map')}</h2>
            <span className="note">{t('board.seats', { count: total })}</span>
          </header>
          <div className="pane-body">
            {mapSrc && total > 0 ? (
              <SeatMap src={mapSrc} cells={cells} label={t('board.map_label')} chosen={chosen} onChoose={choose} />
            ) : (
              <Skeleton lines={8} />
            )}
            {credit && <p className="map-credit">{credit}</p>}
          </div>
        </section>
        <aside className="pane in-panel" aria-label={t('board.panel')} aria-live="polite">
          {line ? (
            <BoardPanel line={line} officeHolder={officeHolder(line.seat.code)} />
          ) : (
            <div className="pane-body">
              <h2>{t('board.choose')}</h2>
              <p className="muted">{t('board.choose_why')}</p>
            </div>
          )}
        </aside>
        <BoardFeed news={board.data?.news ?? []} onChoose={choose} />
      </div>
    </>
  );
}
