import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { SeatTerm } from '@/api/shapes';
import { day } from '@/lib/format';
import { Field } from '@/ui/field';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { pauseTerm, resumeTerm } from './api';

interface Props {
  term: SeatTerm;
}

/** Until when a relay is away, and the way back: a day of theirs, or now. */
export function PauseForm({ term }: Props) {
  const { t } = useTranslation('member');
  const queries = useQueryClient();
  const [until, setUntil] = useState(term.paused_until ?? '');
  const [isOpen, setOpen] = useState(false);
  const { abilities } = term;
  const done = { onSuccess: () => queries.invalidateQueries({ queryKey: ['relays'] }) };
  const pause = useMutation({ mutationFn: pauseTerm, ...done });
  const resume = useMutation({ mutationFn: resumeTerm, ...done });
  const wrong = pause.isError ? asProblem(pause.error).fields.until?.join(' ') : undefined;
  return (
    <>
      {term.paused_until && (
        <p>
          <Raised text={t(term.is_mine ? 'pause.mine' : 'pause.theirs', { day: day(term.paused_until) })} />
        </p>
      )}
      {isOpen ? (
        <form
          className="fields"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            pause.mutate(
              { id: term.id, until },
              {
                onSuccess: () => {
                  setOpen(false);
                },
              },
            );
          }}
        >
          <Field
            label={t('pause.until')}
            hint={t('pause.until_why')}
            type="date"
            required
            value={until}
            onChange={(event) => {
              setUntil(event.target.value);
            }}
            error={wrong}
          />
          {pause.isError && !wrong && <Trouble error={pause.error} />}
          <div className="buttons">
            <button type="submit" className="button" disabled={pause.isPending || !until}>
              {t('pause.do')}
            </button>
            <button
              type="button"
              className="button bare"
              onClick={() => {
                setOpen(false);
              }}
            >
              {t('common:cancel')}
            </button>
          </div>
        </form>
      ) : (
        <div className="buttons">
          {abilities.resume && (
            <button
              type="button"
              className="button"
              disabled={resume.isPending}
              onClick={() => {
                resume.mutate(term.id);
              }}
            >
              {t('pause.resume')}
            </button>
          )}
          {abilities.pause && (
            <button
              type="button"
              className="button line"
              onClick={() => {
                setOpen(true);
              }}
            >
              {t(term.paused_until ? 'pause.other_day' : 'pause.open')}
            </button>
          )}
        </div>
      )}
      {resume.isError && <Trouble error={resume.error} />}
    </>
  );
}
