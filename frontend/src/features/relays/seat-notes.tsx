import './seat-dossier.css';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import { DATED_NOTES, NOTE_KINDS, type NoteKind } from '@/api/shapes';
import { useDraft } from '@/lib/use-draft';
import { Field } from '@/ui/field';
import { Select } from '@/ui/select';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { noteQueries, writeNote } from './hand-over-api';
import { SeatNote } from './seat-note';

interface Draft {
  kind: NoteKind;
  text: string;
  due_on: string;
}
const BLANK: Draft = { kind: 'office_holder', text: '', due_on: '' };

/** What I know of this place and the next person should: short, dated where it was promised, fit to be read by those it names. */
export function SeatNotes({ seat }: { seat: string }) {
  const { t } = useTranslation('member');
  const queries = useQueryClient();
  const notes = useQuery(noteQueries.ofSeat(seat));
  const { draft, change, forget } = useDraft<Draft>(`note:${seat}`, BLANK);
  const [missing, setMissing] = useState('');
  const write = useMutation({
    mutationFn: writeNote,
    onSuccess: async () => {
      await forget();
      change({ text: '', due_on: '' });
      await queries.invalidateQueries({ queryKey: ['relays'] }); // a hand-over says how many notes go along
    },
  });
  const fields = write.isError ? asProblem(write.error).fields : {};
  const isDated = DATED_NOTES.includes(draft.kind);

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    setMissing(draft.text.trim() ? '' : t('notes.empty'));
    if (!draft.text.trim()) return;
    const due_on = isDated && draft.due_on ? draft.due_on : null;
    write.mutate({ seat, note: { kind: draft.kind, text: draft.text, due_on } });
  }

  return (
    <section className="card" aria-labelledby={`notes-${seat}`}>
      <h2 id={`notes-${seat}`}>{t('notes.title')}</h2>
      <p className="note">{t('notes.why')}</p>
      {notes.isPending && <Skeleton lines={2} />}
      {notes.isError && <Trouble error={notes.error} retry={() => void notes.refetch()} />}
      {notes.data?.items.length === 0 && <p className="muted">{t('notes.none')}</p>}
      {notes.data && notes.data.items.length > 0 && (
        <ul className="seat-notes">
          {notes.data.items.map((note) => (
            <SeatNote key={note.id} note={note} />
          ))}
        </ul>
      )}
      <form className="fields" noValidate onSubmit={onSubmit}>
        <Select
          label={t('notes.kind')}
          value={draft.kind}
          options={NOTE_KINDS.map((value) => ({ value, label: t(`notes.kinds.${value}`) }))}
          onChange={(event) => {
            change({ kind: event.target.value as NoteKind });
          }}
        />
        <Field
          label={t('notes.text')}
          hint={t('notes.text_why')}
          rows={3}
          maxLength={500}
          value={draft.text}
          onChange={(event) => {
            change({ text: event.target.value });
          }}
          error={missing || fields.text?.[0]}
        />
        {isDated && (
          <Field
            label={t('notes.due')}
            type="date"
            value={draft.due_on}
            onChange={(event) => {
              change({ due_on: event.target.value });
            }}
            error={fields.due_on?.[0]}
          />
        )}
        {write.isError && Object.keys(fields).length === 0 && <Trouble error={write.error} />}
        <div className="buttons">
          <button type="submit" className="button" disabled={write.isPending}>
            {t('notes.write')}
          </button>
        </div>
      </form>
    </section>
  );
}
