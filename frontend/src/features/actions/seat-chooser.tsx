import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionSeat } from '@/api/shapes';
import { isFound } from '@/lib/fold';
import { number } from '@/lib/format';
import { Raised } from '@/ui/raised';

interface Props {
  seats: readonly ActionSeat[];
  /** The id of the seat that is chosen, the first one where it is empty. */
  chosen: string;
  onChoose: (id: string) => void;
}

/** One seat of a network: searched by name or code, or the one before, the one after. */
export function SeatChooser({ seats, chosen, onChoose }: Props) {
  const { t } = useTranslation('organiser');
  const id = useId();
  const [typed, setTyped] = useState('');
  const at = Math.max(
    0,
    seats.findIndex((seat) => seat.id === chosen),
  );
  const seat = seats[at];
  const listed = ({ code, name }: ActionSeat) => `${name} (${code})`;
  const choose = (found: ActionSeat | undefined) => {
    if (found) {
      setTyped('');
      onChoose(found.id);
    }
  };
  if (!seat) return null;
  return (
    <div className="field">
      <label htmlFor={id}>{t('seat_chooser.label')}</label>
      <input
        id={id}
        className="input"
        type="search"
        list={`${id}-seats`}
        autoComplete="off"
        value={typed}
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          const text = event.target.value;
          setTyped(text);
          choose(seats.find((each) => listed(each) === text || each.code.toLowerCase() === text.trim().toLowerCase()));
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          // The editor's own form must not be sent by it.
          event.preventDefault();
          if (typed.trim())
            choose(
              seats.find((each) => each.code.toLowerCase().startsWith(typed.trim().toLowerCase())) ??
                seats.find((each) => isFound(each.name, typed)),
            );
        }}
      />
      <datalist id={`${id}-seats`}>
        {seats.map((each) => (
          <option key={each.id} value={listed(each)} />
        ))}
      </datalist>
      <p className="hint" id={`${id}-hint`}>
        {t('seat_chooser.hint')}
      </p>
      <p role="status">
        <b>
          <Raised text={seat.name} />
        </b>{' '}
        <small>{t('seat_chooser.position', { at: number(at + 1), total: number(seats.length) })}</small>
      </p>
      <div className="buttons">
        <button
          type="button"
          className="button line"
          disabled={at === 0}
          onClick={() => {
            choose(seats[at - 1]);
          }}
        >
          {t('seat_chooser.previous')}
        </button>
        <button
          type="button"
          className="button line"
          disabled={at === seats.length - 1}
          onClick={() => {
            choose(seats[at + 1]);
          }}
        >
          {t('seat_chooser.next')}
        </button>
      </div>
    </div>
  );
}
