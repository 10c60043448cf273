import { useTranslation } from 'react-i18next';
import { BOARD_STATES, type BoardAnswer, type BoardState } from '@/api/shapes';
import { number } from '@/lib/format';

const TONES: Record<BoardState, string> = {
  reported: 'var(--reported)',
  accepted: 'var(--accepted)',
  no_answer: 'color-mix(in srgb, var(--waiting-2) 60%, var(--waiting))',
  late: 'var(--late)',
  neighbour: 'var(--neighbour)',
  empty: 'var(--empty-2)',
};

interface Props {
  counts: Record<BoardState, number>;
  total: number;
  state: BoardState | '';
  vacant: BoardAnswer['vacant'];
  onState: (state: BoardState) => void;
}

/** One tick for each seat in the order of the counts; each count is a filter. */
export function BoardStrip({ counts, total, state, vacant, onState }: Props) {
  const { t } = useTranslation('organiser');
  const said = BOARD_STATES.map(
    (name) => `${number(counts[name])} ${t(`common:board.${name}`).toLocaleLowerCase()}`,
  ).join(', ');
  return (
    <section className="pane pane-body" aria-label={t('board.progress')}>
      <div
        className="strip"
        role="img"
        aria-label={t('board.strip', { count: total, said })}
        style={{ maxWidth: `${total * 2}px` }}
      >
        {BOARD_STATES.map((name) => (
          <i key={name} style={{ flex: `${counts[name]} 0 0`, background: TONES[name] }} />
        ))}
      </div>
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
