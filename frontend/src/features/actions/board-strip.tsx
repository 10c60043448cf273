import { useTranslation } from 'react-i18next';
import { BOARD_STATES, type BoardAnswer, type BoardCounts, type BoardState } from '@/api/shapes';
import { number } from '@/lib/format';
import { BoardTicks } from './board-ticks';

interface Props {
  counts: BoardCounts;
  total: number;
  state: BoardState | '';
  vacant: BoardAnswer['vacant'];
  onState: (state: BoardState) => void;
}

/** One tick for each seat in the order of the counts; each count is a filter. */
export function BoardStrip({ counts, total, state, vacant, onState }: Props) {
  const { t } = useTranslation('organiser');
  return (
    <section className="pane pane-body" aria-label={t('board.progress')}>
      <BoardTicks counts={counts} total={total} />
      <div className="counts">
        {BOARD_STATES.map((name) => (
          <button
            key={name}
            type="button"
            className={name === 'late' && counts.late > 0 ? 'is-late' : undefined}
            aria-pressed={state === name}
            onClick={() => {
              onState(name);
            }}
          >
            <b>{number(counts[name])}</b>
            <span className={`state is-${name}`}>{t(`common:board.${name}`)}</span>
          </button>
        ))}
      </div>
      {vacant.rule === 'neighbour' && (
        <p className="note">
          {t('board.rule_asked', { count: vacant.asked })} {t('board.rule_taken', { count: vacant.taken_over })}
        </p>
      )}
      {vacant.rule === 'organiser' && counts.empty > 0 && <p className="note">{t('board.rule_told')}</p>}
    </section>
  );
}
