import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ReasonedFile } from '@/entities/person/reasoned-file';
import { type Action, BOARD_STATES, type BoardLine, type BoardState } from '@/api/shapes';
import { fold, isFound } from '@/lib/fold';
import { day, isSameDay, number, time } from '@/lib/format';
import { useFilters } from '@/lib/use-filters';
import { useNow } from '@/lib/use-now';
import { useOnline } from '@/lib/use-online';
import { cellsOf } from '@/map/cells-of';
import { MapPane } from '@/map/map-pane';
import type { Cell } from '@/map/seat-map';
import { Blank } from '@/ui/blank';
import { DeskHead } from '@/ui/desk-head';
import { Filters } from '@/ui/filters';
import { ListBody } from '@/ui/list-body';
import { ListFoot } from '@/ui/list-foot';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';
import { SidePanel } from '@/ui/side-panel';
import { Trouble } from '@/ui/trouble';
import './board.css';
import { takeBoard } from './api';
import { BoardFeed } from './board-feed';
import { BoardKeys } from './board-keys';
import { BoardPanel } from './board-panel';
import { boardQuery } from './board-query';
import { BoardStrip } from './board-strip';
import { BOARD_SORTS, BoardTable } from './board-table';
import { BoardWall } from './board-wall';
import { RelaunchLate } from './relaunch-late';
import { StepToast } from './step-toast';
import { isToCall } from './step-words';
import { StepsDone } from './steps-done';
import { StopAction } from './stop-action';
import { useBoardSteps } from './use-board-steps';
import { useSpokenChanges } from './use-spoken-changes';

const NO_CELLS: ReadonlyMap<string, Cell> = new Map();

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
  const { get, set, toggle } = useFilters();
  const isLive = action.status === 'launched';
  const query = boardQuery(action.id, queries);
  const board = useQuery({ ...query, refetchInterval: isLive ? 3_000 : false });
  const state = BOARD_STATES.find((name) => name === get('state')) ?? '';
  const isCalling = get('call') === 'yes';
  const now = useNow();
  const steps = useBoardSteps(action.id);
  const spoken = useRef<HTMLDivElement>(null);
  useSpokenChanges(board.data?.counts, spoken);
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
      .filter((line) => !isCalling || isToCall(line, now))
      .filter(
        (line) =>
          !wanted ||
          isFound(`${line.seat.name} ${line.holder ?? ''}`, search) ||
          line.seat.code.toLowerCase().startsWith(wanted),
      )
      .sort((a, b) =>
        sort === 'changed'
          ? (b.answered_at ?? '').localeCompare(a.answered_at ?? '')
          : key(a).localeCompare(key(b)) || a.seat.code.localeCompare(b.seat.code),
      );
  }, [lines, state, isCalling, now, search, sort]);
  const cells = useMemo(
    () =>
      cellsOf(lines, shown, ({ seat, state }) => ({
        code: seat.code,
        name: seat.name,
        state,
        word: t(`common:board.${state}`),
      })),
    [lines, shown, t],
  );
  // On the wall no filter counts: everybody reads the whole board.
  const isWall = get('wall') === 'yes';
  const wallCells = useMemo(
    () =>
      isWall
        ? cellsOf(lines, lines, ({ seat, state }) => ({
            code: seat.code,
            name: seat.name,
            state,
            word: t(`common:board.${state}`),
          }))
        : NO_CELLS,
    [lines, isWall, t],
  );
  const choose = useCallback(
    (code: string) => {
      set({ seat: code });
    },
    [set],
  );
  const toPanel = useCallback(() => {
    document.querySelector<HTMLElement>('.in-panel :is(button, a)')?.focus();
  }, []);
  const line = lines.find((one) => one.seat.code === chosen);
  const total = lines.length;
  const toCall = lines.filter((line) => isToCall(line, now)).length;
  const title = t(isCalling ? 'board.shown_to_call' : state ? `board.shown_${state}` : 'board.shown', {
    count: shown.length,
  });
  const late = board.data?.counts.late ?? 0;
  const isHeard = isOnline && !board.isError;
  const leaveWall = useCallback(() => {
    set({ wall: null });
  }, [set]);

  return (
    <>
      <DeskHead
        title={<Raised text={action.title} />}
        lead={
          <>
            <span className={isLive && isHeard ? 'live' : 'live is-still'}>
              {t(isLive ? (isHeard ? 'board.live' : 'board.lost') : `actions.status_${action.status}`)}
            </span>
            {', '}
            <Raised
              text={
                isSameDay(action.starts_at, action.ends_at)
                  ? t('board.window_day', {
                      day: day(action.starts_at),
                      from: time(action.starts_at),
                      to: time(action.ends_at),
                    })
                  : t('board.window', { from: day(action.starts_at), to: day(action.ends_at) })
              }
            />
            {board.data && isLive ? ` ${t('board.as_of', { at: time(board.data.asOf) })}` : ''}
          </>
        }
      >
        <ReasonedFile
          word={t('board.export')}
          said={t('insights.file_why')}
          take={(reason) => takeBoard({ id: action.id, reason })}
          name={`board-${action.id}.csv`}
        />
        <button
          type="button"
          className="button line"
          onClick={() => {
            print();
          }}
        >
          {t('board.print')}
        </button>
        <button
          type="button"
          className="button line"
          onClick={() => {
            set({ wall: 'yes' });
            // Not every browser can, and none must: the wall fills the window all the same.
            void document.documentElement.requestFullscreen?.().catch(() => undefined);
          }}
        >
          {t('board.wall')}
        </button>
        <Link className="button line" to={`/desk/actions/${action.id}`}>
          {t('board.whole_brief')}
        </Link>
        {action.abilities.take_steps && late > 0 && <RelaunchLate action={action.id} late={late} steps={steps} />}
        {action.abilities.stop && <StopAction action={action} />}
      </DeskHead>
      {board.isRefetchError && (
        <Trouble error={board.error} retry={() => void board.refetch()} kept={t('board.kept')} />
      )}
      {board.data && (
        <BoardStrip
          counts={board.data.counts}
          total={total}
          state={state}
          vacant={board.data.vacant}
          onState={(name: BoardState) => {
            toggle('state', name);
          }}
        />
      )}
      <Filters
        label={t('board.search')}
        query={search}
        onQuery={(q) => {
          set({ q });
        }}
        chips={
          toCall > 0 || isCalling
            ? [
                {
                  name: 'yes',
                  content: (
                    <>
                      {t('board.to_call')} <b>{number(toCall)}</b>
                    </>
                  ),
                },
              ]
            : []
        }
        pressed={isCalling ? 'yes' : ''}
        onPress={(name) => {
          toggle('call', name);
        }}
      />
      <div className="trio">
        <Pane title={title} note={t('board.same')} className="in-table board-table">
          <ListBody
            list={board}
            blank={
              shown.length === 0 && (
                <Blank title={t('board.none')}>
                  <p>{t('board.none_why')}</p>
                  <button
                    type="button"
                    className="button line"
                    onClick={() => {
                      set({ q: null, state: null, call: null });
                    }}
                  >
                    {t('board.all')}
                  </button>
                </Blank>
              )
            }
          >
            <BoardTable
              label={title}
              rows={shown}
              sort={sort}
              onSort={(name) => {
                set({ sort: name });
              }}
              chosen={chosen}
              onChoose={choose}
              onOpen={toPanel}
            />
          </ListBody>
          <ListFoot keys="open" also={action.abilities.take_steps && [['R', t('steps.key')]]}>
            {board.data && t('seats.of', { count: shown.length, total: number(total) })}
            <BoardKeys canStep={action.abilities.take_steps} />
          </ListFoot>
        </Pane>
        <MapPane
          title={t('board.map')}
          note={t('board.seats', { count: total })}
          label={t('board.map_label')}
          src={mapSrc}
          credit={credit}
          cells={cells}
          chosen={chosen}
          onChoose={choose}
        />
        <SidePanel label={t('board.panel')} title={t('board.choose')} why={t('board.choose_why')} isWalked>
          {line && (
            <BoardPanel
              action={action.id}
              line={line}
              steps={steps}
              canStep={action.abilities.take_steps}
              officeHolder={officeHolder(line.seat.code)}
            />
          )}
        </SidePanel>
        <BoardFeed news={board.data?.news ?? []} onChoose={choose}>
          <StepsDone action={action.id} isLive={isLive} steps={steps} />
        </BoardFeed>
      </div>
      <StepToast steps={steps} />
      {isWall && board.data ? (
        <BoardWall
          title={action.title}
          board={board.data}
          isHeard={isHeard}
          mapSrc={mapSrc}
          cells={wallCells}
          onLeave={leaveWall}
          spoken={spoken}
        />
      ) : (
        <div ref={spoken} />
      )}
    </>
  );
}
