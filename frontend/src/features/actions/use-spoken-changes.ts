import type { TFunction } from 'i18next';
import { type RefObject, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { BOARD_STATES, type BoardCounts } from '@/api/shapes';
import { announcer } from '@/lib/announce';
import { number } from '@/lib/format';

/** At most one sentence in so many milliseconds: a board that moves all the time would never stop talking. */
export const SPOKEN_EVERY = 30_000;

/** What changed between two counts, in one sentence; empty when nothing did. */
export function changesSaid(before: BoardCounts, after: BoardCounts, t: TFunction): string {
  const said = BOARD_STATES.filter((name) => after[name] !== before[name]).map((name) =>
    t(after[name] > before[name] ? 'board.spoken_more' : 'board.spoken_less', {
      state: t(`common:board.${name}`),
      now: number(after[name]),
      by: number(Math.abs(after[name] - before[name])),
    }),
  );
  return said.length ? t('board.spoken', { said: said.join(', ') }) : '';
}

/** Say to screen readers what changed on a board, not each row of it; the sentence stands in `beside`. */
export function useSpokenChanges(counts: BoardCounts | undefined, beside: RefObject<HTMLElement | null>): void {
  const { t } = useTranslation('organiser');
  const say = useRef<{ beside: HTMLElement; tell: (sentence: string) => void }>(undefined);
  const spoken = useRef<{ counts: BoardCounts; at: number }>(undefined);
  useEffect(() => {
    if (!counts) return;
    // What stood there when the page was opened is read, not told.
    spoken.current ??= { counts, at: Date.now() };
    const last = spoken.current;
    const sentence = changesSaid(last.counts, counts, t);
    if (!sentence) return;
    const timer = setTimeout(
      () => {
        if (!beside.current) return;
        if (say.current?.beside !== beside.current)
          say.current = { beside: beside.current, tell: announcer(beside.current) };
        say.current.tell(sentence);
        spoken.current = { counts, at: Date.now() };
      },
      Math.max(0, last.at + SPOKEN_EVERY - Date.now()),
    );
    return () => {
      clearTimeout(timer);
    };
  }, [counts, beside, t]);
}
