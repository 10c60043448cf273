import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Where a card stands on the screen that one begins with: it titles the screen, waits after that, or is there to be read. */
export type Turn = 'one_thing' | 'then' | 'also';

interface Props {
  /** Of the title, unique on the screen. */
  id: string;
  turn: Turn;
  title: ReactNode;
  /** The hour, or what it is about, on the line above the title. */
  note?: ReactNode;
  /** It cannot wait. */
  isWarm?: boolean;
  children: ReactNode;
}

/** Something that waits for me: one of them comes first and titles the screen, the rest follow. */
export function WaitingCard({ id, turn, title, note, isWarm = false, children }: Props) {
  const { t } = useTranslation('member');
  const isFirst = turn === 'one_thing';
  const Title = isFirst ? 'h1' : 'h2';
  return (
    <section
      className={isFirst ? (isWarm ? 'card today' : 'card today is-calm') : 'card'}
      aria-labelledby={note ? `${id}-note ${id}` : id}
    >
      {(note || turn !== 'also') && (
        <p className="above">
          {turn !== 'also' && <span>{t(`card.${turn}`)}</span>}
          {note && (
            <span id={`${id}-note`} className={isWarm ? 'warm' : undefined}>
              {note}
            </span>
          )}
        </p>
      )}
      <Title id={id}>{title}</Title>
      {children}
    </section>
  );
}
