import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { SeatToFillWhole } from '@/api/shapes';
import { day } from '@/lib/format';
import { Field } from '@/ui/field';
import { Raised } from '@/ui/raised';
import { Select } from '@/ui/select';
import { Trouble } from '@/ui/trouble';
import { doAboutSeat, type FillingDeed } from './filling-api';

const MOST = 280;

/** Whose work this seat is, until when it is put off, and what comes next. */
export function FillingWork({ seat }: { seat: SeatToFillWhole }) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const [open, setOpen] = useState<'' | 'hand_on' | 'snooze' | 'plan'>('');
  const [to, setTo] = useState('');
  const [on, setOn] = useState(seat.next_step_on ?? '');
  const [words, setWords] = useState(seat.next_step);
  const [until, setUntil] = useState(seat.snoozed_until ?? '');
  const act = useMutation({
    mutationFn: doAboutSeat,
    onSuccess: () => {
      setOpen('');
      return queries.invalidateQueries({ queryKey: ['relays', 'filling'] });
    },
  });
  const fields = act.isError ? asProblem(act.error).fields : {};
  const isField = Object.keys(fields).length > 0;
  const go = (deed: FillingDeed) => {
    act.mutate({ id: seat.id, deed });
  };
  const submit = (deed: FillingDeed) => (event: FormEvent) => {
    event.preventDefault();
    go(deed);
  };
  const others = seat.colleagues.filter((one) => one.id !== seat.taken_by?.id && one.name);
  const close = (
    <button
      type="button"
      className="button bare"
      onClick={() => {
        setOpen('');
      }}
    >
      {t('common:cancel')}
    </button>
  );
  return (
    <section className="panel-section">
      <h3>{t('filling.work')}</h3>
      <p>
        {seat.taken_by
          ? seat.taken_by.is_me
            ? t('filling.on_mine')
            : t('filling.on_theirs', { name: seat.taken_by.name || t('filling.unnamed') })
          : t('filling.on_nobodys')}
      </p>
      {seat.snoozed_until && (
        <p>
          <Raised text={t('filling.until', { day: day(seat.snoozed_until) })} />{' '}
          <button
            type="button"
            className="button bare"
            onClick={() => {
              go({ kind: 'snooze', until: null });
            }}
          >
            {t('filling.wake')}
          </button>
        </p>
      )}
      {seat.next_step && (
        <p>
          <b>{t('filling.next')}</b>{' '}
          <Raised text={[seat.next_step_on && day(seat.next_step_on), seat.next_step].filter(Boolean).join(': ')} />
        </p>
      )}
      {act.isError && !isField && <Trouble error={act.error} kept={t('filling.unchanged')} />}
      {open === '' && (
        <div className="buttons">
          {seat.abilities.take_on && (
            <button
              type="button"
              className="button"
              disabled={act.isPending}
              onClick={() => {
                go({ kind: 'take_on' });
              }}
            >
              {t('filling.take_on')}
            </button>
          )}
          {seat.abilities.hand_on && others.length > 0 && (
            <button
              type="button"
              className="button line"
              onClick={() => {
                setTo(others[0]?.id ?? '');
                setOpen('hand_on');
              }}
            >
              {t('filling.hand_on')}
            </button>
          )}
          {seat.abilities.let_go && (
            <button
              type="button"
              className="button line"
              disabled={act.isPending}
              onClick={() => {
                go({ kind: 'let_go' });
              }}
            >
              {t('filling.let_go')}
            </button>
          )}
          <button
            type="button"
            className="button line"
            onClick={() => {
              setOpen('plan');
            }}
          >
            {t('filling.plan')}
          </button>
          {seat.abilities.snooze && (
            <button
              type="button"
              className="button line"
              onClick={() => {
                setOpen('snooze');
              }}
            >
              {t('filling.snooze')}
            </button>
          )}
        </div>
      )}
      {open === 'hand_on' && (
        <form className="fields" onSubmit={submit({ kind: 'hand_on', to })}>
          <Select
            label={t('filling.hand_on_to')}
            options={others.map((one) => ({ value: one.id, label: one.is_me ? t('filling.me') : one.name }))}
            value={to}
            error={fields.to?.[0]}
            onChange={(event) => {
              setTo(event.target.value);
            }}
          />
          <div className="buttons">
            <button type="submit" className="button" disabled={act.isPending}>
              {t('filling.hand_on_do')}
            </button>
            {close}
          </div>
        </form>
      )}
      {open === 'snooze' && (
        <form className="fields" noValidate onSubmit={submit({ kind: 'snooze', until })}>
          <Field
            label={t('filling.snooze_until')}
            hint={t('filling.snooze_why')}
            type="date"
            value={until}
            error={fields.until?.[0]}
            onChange={(event) => {
              setUntil(event.target.value);
            }}
          />
          <div className="buttons">
            <button type="submit" className="button" disabled={act.isPending || !until}>
              {t('filling.snooze_do')}
            </button>
            {close}
          </div>
        </form>
      )}
      {open === 'plan' && (
        <form className="fields" noValidate onSubmit={submit({ kind: 'plan', words, on: on || null })}>
          <Field
            label={t('filling.plan_words')}
            hint={t('filling.no_names')}
            maxLength={MOST}
            value={words}
            error={fields.words?.[0]}
            onChange={(event) => {
              setWords(event.target.value);
            }}
          />
          <Field
            label={t('filling.plan_on')}
            type="date"
            value={on}
            error={fields.on?.[0]}
            onChange={(event) => {
              setOn(event.target.value);
            }}
          />
          <div className="buttons">
            <button type="submit" className="button" disabled={act.isPending}>
              {t('filling.plan_do')}
            </button>
            {close}
          </div>
        </form>
      )}
    </section>
  );
}
