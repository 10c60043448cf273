import { type RefObject, useEffect } from 'react';
import { Dialog as AriaDialog, Heading, I18nProvider, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { BOARD_STATES } from '@/api/shapes';
import { moment, number, time } from '@/lib/format';
import { useAwake } from '@/lib/use-awake';
import { useNow } from '@/lib/use-now';
import { type Cell, SeatMap } from '@/map/seat-map';
import { Raised } from '@/ui/raised';
import './board.css';
import type { Board } from './board-query';
import { BoardTicks } from './board-ticks';
import { heardSaid } from './report-words';

interface Props {
  title: string;
  board: Board;
  /** Whether what is shown is still being renewed. */
  isHeard: boolean;
  mapSrc: string | null;
  cells: ReadonlyMap<string, Cell>;
  onLeave: () => void;
  /** Where what changed is said to screen readers: what lies behind the wall is hidden from them. */
  spoken: RefObject<HTMLDivElement | null>;
}

const SHOWN = 5;

/** The board on a wall, for a room: large, dark, without a name of anybody; it leaves with Escape. */
export function BoardWall({ title, board, isHeard, mapSrc, cells, onLeave, spoken }: Props) {
  const { t, i18n } = useTranslation('organiser');
  const now = useNow(60 * 60_000);
  const total = board.lines.size;
  useAwake();
  useEffect(() => {
    // In full screen the browser takes Escape for itself, and says so afterwards.
    const onChange = () => {
      if (!document.fullscreenElement) onLeave();
    };
    document.addEventListener('fullscreenchange', onChange);
    return () => {
      document.removeEventListener('fullscreenchange', onChange);
      if (document.fullscreenElement) void document.exitFullscreen();
    };
  }, [onLeave]);
  return (
    <I18nProvider locale={i18n.language}>
      <ModalOverlay
        className="wall"
        isOpen
        onOpenChange={(isOpen) => {
          if (!isOpen) onLeave();
        }}
      >
        <Modal>
          <AriaDialog className="wall-board">
            <header>
              <Heading slot="title" level={1}>
                <Raised text={title} />
              </Heading>
              <p className={isHeard ? 'live' : 'live is-still'}>
                {isHeard ? t('board.as_of', { at: time(board.asOf) }) : t('board.lost')}
              </p>
            </header>
            <BoardTicks counts={board.counts} total={total} isWide />
            <ul className="wall-counts">
              {BOARD_STATES.map((name) => (
                <li key={name} className={name === 'late' && board.counts.late > 0 ? 'is-late' : undefined}>
                  <b>{number(board.counts[name])}</b>
                  <span className={`state is-${name}`}>{t(`common:board.${name}`)}</span>
                </li>
              ))}
            </ul>
            <div className="wall-map">
              {mapSrc && cells.size > 0 && (
                <SeatMap
                  src={mapSrc}
                  cells={cells}
                  label={t('board.map_label')}
                  chosen={null}
                  onChoose={() => undefined}
                />
              )}
            </div>
            <section className="wall-news" aria-labelledby="wall-news">
              <h2 id="wall-news">{t('board.feed')}</h2>
              <ol>
                {board.news.slice(0, SHOWN).map((line) => (
                  <li key={line.id}>
                    {line.heard_at && <time dateTime={line.heard_at}>{moment(line.heard_at, now)}</time>}
                    <span>
                      <b>
                        <Raised text={line.seat.name} />
                      </b>
                      {t('common:colon')} {heardSaid(line, t)}
                    </span>
                  </li>
                ))}
              </ol>
              {board.news.length === 0 && <p>{t('board.feed_none')}</p>}
            </section>
            <button type="button" className="button line wall-leave" onClick={onLeave}>
              {t('board.wall_leave')} <kbd>{t('board.escape')}</kbd>
            </button>
            <div ref={spoken} />
          </AriaDialog>
        </Modal>
      </ModalOverlay>
    </I18nProvider>
  );
}
