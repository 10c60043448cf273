import { useTranslation } from 'react-i18next';
import { BOARD_STATES, type BoardCounts, type BoardState } from '@/api/shapes';
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
  counts: BoardCounts;
  total: number;
  /** As wide as there is place, rather than one tick a seat. */
  isWide?: boolean;
}

/** One strip, one tick for each seat in the order of the counts. */
export function BoardTicks({ counts, total, isWide }: Props) {
  const { t } = useTranslation('organiser');
  const said = BOARD_STATES.map(
    (name) => `${number(counts[name])} ${t(`common:board.${name}`).toLocaleLowerCase()}`,
  ).join(', ');
  return (
    <div
      className="strip"
      role="img"
      aria-label={t('board.strip', { count: total, said })}
      style={isWide ? undefined : { maxWidth: `${total * 2}px` }}
    >
      {BOARD_STATES.map((name) => (
        <i key={name} style={{ flex: `${counts[name]} 0 0`, background: TONES[name] }} />
      ))}
    </div>
  );
}
