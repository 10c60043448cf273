import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import { day } from '@/lib/format';
import { useDraft } from '@/lib/use-draft';
import { Field } from '@/ui/field';
import { Raised } from '@/ui/raised';
import { Select } from '@/ui/select';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { beginHandOver, handOverQueries, letNotesGo, takeBackHandOver } from './hand-over-api';

interface Props {
  term: string;
  /** Whose term it is: my own, or one of a holder who asked me by telephone. */
  isMine: boolean;
}

/** Pass a seat on: a day, perhaps a name, a word to the organisers, and whether the notes go along. Until it is done it can be taken back. */
export function HandOverForm({ term, isMine }: Props) {
  const { t } = useTranslation('common');
  const queries = useQueryClient();
  const shown = useQuery(handOverQueries.ofTerm(term));
  const [isOpen, setOpen] = useState(false);
  // Whether the notes go along is asked each time anew: it is not part of what is kept.
  const [givesNotes, setGivesNotes] = useState(false);
  const { draft, change, forget } = useDraft(`hand-over:${term}`, { ends_on: '', successor: '', words: '' });
  const settled = { onSuccess: () => queries.invalidateQueries({ queryKey: ['relays'] }) };
  const begin = useMutation({
    mutationFn: beginHandOver,
    onSuccess: async () => {
      await forget();
      setOpen(false);
      // Not waited for: it has begun, and what stands in the form's place is read as soon as it is there.
      void settled.onSuccess();
    },
  });
  const back = useMutation({ mutationFn: takeBackHandOver, ...settled });
  const notes = useMutation({ mutationFn: letNotesGo, ...settled });
  const told = useRef<HTMLParagraphElement>(null);
  const isBegun = begin.isSuccess && Boolean(shown.data?.hand_over);
  useEffect(() => {
    // The form is gone: who listens hears what stands in its place, and goes on from there.
    if (isBegun) told.current?.focus();
  }, [isBegun]);
  if (shown.isPending) return <Skeleton lines={2} />;
  if (shown.isError) return <Trouble error={shown.error} retry={() => void shown.refetch()} />;
  const { hand_over: underWay, successors, first_day, last_day } = shown.data;
  const named = (one: { name: string; stands_in: boolean }) =>
    one.stands_in ? t('hand_over.stand_in', { name: one.name }).trim() : t('hand_over.applicant', { name: one.name });

  if (underWay) {
    return (
      <div className="fields">
        <p role="status" tabIndex={-1} ref={told}>
          <Raised
            text={t(isMine ? 'hand_over.mine' : 'hand_over.theirs', {
              day: day(underWay.ends_on),
              name: underWay.holder,
            })}
          />
        </p>
        <p className="note">
          {underWay.successor
            ? t('hand_over.proposed', { name: named(underWay.successor) })
            : t('hand_over.nobody_proposed')}{' '}
          {t(underWay.gives_notes ? 'hand_over.notes_go' : 'hand_over.notes_stay', { count: underWay.notes })}
        </p>
        {(back.isError || notes.isError) && <Trouble error={back.error ?? notes.error} />}
        <div className="buttons">
          {underWay.abilities.let_notes_go && (
            <button
              type="button"
              className="button line"
              disabled={notes.isPending}
              onClick={() => {
                notes.mutate({ id: underWay.id, givesNotes: !underWay.gives_notes });
              }}
            >
              {t(underWay.gives_notes ? 'hand_over.keep_notes' : 'hand_over.give_notes')}
            </button>
          )}
          {underWay.abilities.take_back && (
            <button
              type="button"
              className="button line"
              disabled={back.isPending}
              onClick={() => {
                back.mutate(underWay.id);
              }}
            >
              {t('hand_over.take_back')}
            </button>
          )}
        </div>
      </div>
    );
  }
  if (!isOpen) {
    return (
      <button
        type="button"
        className="button line"
        onClick={() => {
          setOpen(true);
        }}
      >
        {t(isMine ? 'hand_over.open' : 'hand_over.open_for')}
      </button>
    );
  }
  const fields = begin.isError ? asProblem(begin.error).fields : {};
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    const { ends_on, successor, words } = draft;
    begin.mutate({ term, asked: { ends_on, successor: successor || null, words, gives_notes: isMine && givesNotes } });
  }
  return (
    <form className="fields" noValidate onSubmit={onSubmit}>
      <Field
        label={t('hand_over.day')}
        hint={t('hand_over.day_why')}
        type="date"
        required
        min={first_day}
        max={last_day}
        value={draft.ends_on}
        onChange={(event) => {
          change({ ends_on: event.target.value });
        }}
        error={fields.ends_on?.[0]}
      />
      <Select
        label={t('hand_over.successor')}
        hint={t(isMine ? 'hand_over.successor_why' : 'hand_over.successor_why_desk')}
        value={draft.successor}
        options={[
          { value: '', label: t('hand_over.nobody') },
          ...successors.map((one) => ({ value: one.person, label: named(one) })),
        ]}
        onChange={(event) => {
          change({ successor: event.target.value });
        }}
        error={fields.successor?.[0]}
      />
      <Field
        label={t('hand_over.words')}
        rows={2}
        maxLength={1000}
        value={draft.words}
        onChange={(event) => {
          change({ words: event.target.value });
        }}
        error={fields.words?.[0]}
      />
      {isMine && (
        <label className="check">
          <input
            type="checkbox"
            checked={givesNotes}
            onChange={(event) => {
              setGivesNotes(event.target.checked);
            }}
          />
          <span>{t('hand_over.agree', { count: shown.data.notes })}</span>
        </label>
      )}
      {begin.isError && Object.keys(fields).length === 0 && <Trouble error={begin.error} />}
      <div className="buttons">
        <button type="submit" className="button" disabled={begin.isPending || !draft.ends_on}>
          {t('hand_over.begin')}
        </button>
        <button
          type="button"
          className="button bare"
          onClick={() => {
            setOpen(false);
          }}
        >
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
