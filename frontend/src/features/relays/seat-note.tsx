import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Note } from '@/api/shapes';
import { day } from '@/lib/format';
import { Field } from '@/ui/field';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { UndoToast } from '@/ui/undo-toast';
import { mendNote, throwNoteAway, tickNote } from './hand-over-api';

/** One note, with what may be done with it; what is thrown away can be taken back for a moment. */
export function SeatNote({ note }: { note: Note }) {
  const { t } = useTranslation('member');
  const queries = useQueryClient();
  const [text, setText] = useState<string>();
  const [isGone, setGone] = useState(false);
  const settled = { onSuccess: () => queries.invalidateQueries({ queryKey: ['relays'] }) };
  const mend = useMutation({ mutationFn: mendNote, ...settled });
  const away = useMutation({ mutationFn: throwNoteAway, ...settled });
  const tick = useMutation({ mutationFn: tickNote, ...settled });
  const error = mend.error ?? away.error ?? tick.error;
  if (isGone) {
    return (
      <li>
        <UndoToast
          text={t('notes.thrown')}
          onUndo={() => {
            setGone(false);
          }}
          onDone={() => {
            away.mutate(note.id);
          }}
        />
      </li>
    );
  }
  return (
    <li>
      <p className="above">
        <span>{t(`notes.kinds.${note.kind}`)}</span>
        {note.due_on && <span>{t('notes.by', { day: day(note.due_on) })}</span>}
        {note.kept_at && <span>{t(note.kind === 'promised' ? 'notes.kept' : 'notes.done')}</span>}
        {note.handed_at && !note.is_mine && <span>{t('notes.handed')}</span>}
      </p>
      {text === undefined ? (
        <p>{note.text}</p>
      ) : (
        <form
          className="fields"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            mend.mutate(
              { id: note.id, text, due_on: note.due_on },
              {
                onSuccess: () => {
                  setText(undefined);
                },
              },
            );
          }}
        >
          <Field
            label={t('notes.text')}
            rows={3}
            maxLength={500}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
            }}
          />
          <button type="submit" className="button" disabled={mend.isPending || !text.trim()}>
            {t('notes.save')}
          </button>
        </form>
      )}
      {error && <Trouble error={error} />}
      <div className="buttons">
        {note.abilities.tick && (
          <button
            type="button"
            className="button bare"
            onClick={() => {
              tick.mutate({ id: note.id, isKept: !note.kept_at });
            }}
          >
            {t(note.kept_at ? 'notes.untick' : note.kind === 'promised' ? 'notes.tick_promise' : 'notes.tick')}
          </button>
        )}
        {note.abilities.mend && text === undefined && (
          <button
            type="button"
            className="button bare"
            onClick={() => {
              setText(note.text);
            }}
          >
            {t('notes.mend')}
          </button>
        )}
        {note.abilities.throw_away && (
          <button
            type="button"
            className="button bare"
            onClick={() => {
              setGone(true);
            }}
          >
            {t(note.handed_at ? 'notes.take_back' : 'notes.throw')}
          </button>
        )}
      </div>
      {note.author && (
        <p className="note">
          <Raised text={t('notes.author', { name: note.author })} />
        </p>
      )}
    </li>
  );
}
