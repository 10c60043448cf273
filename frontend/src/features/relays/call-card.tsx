import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CALL_OUTCOMES, type CallOutcome, type FriendlyCall } from '@/api/shapes';
import { Choices } from '@/ui/choices';
import { Field } from '@/ui/field';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { type Turn, WaitingCard } from '@/ui/waiting-card';
import { finishCall } from './care-api';
import { ContactLink } from './contact-link';

const LONGEST = 280;

/** A friendly call that I owe: whom, how, what to say, and what came of it. */
export function CallCard({ call, turn = 'also' }: { call: FriendlyCall; turn?: Turn }) {
  const { t } = useTranslation('member');
  const queries = useQueryClient();
  const [outcome, setOutcome] = useState<CallOutcome | ''>('');
  const [words, setWords] = useState('');
  const [isMissing, setMissing] = useState(false);
  const standsIn = call.kind === 'stand_in';
  const finish = useMutation({
    mutationFn: finishCall,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['relays'] }),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    setMissing(!outcome);
    if (outcome) finish.mutate({ id: call.id, outcome, words });
  }
  return (
    <WaitingCard
      id={`call-${call.id}`}
      turn={turn}
      note={t(call.as_organiser ? 'call.as_organiser' : 'call.as_companion')}
      title={t('call.title', { name: call.name })}
    >
      <p>
        <Raised
          text={t(standsIn ? 'call.why_stand_in' : 'call.why', {
            name: call.name,
            place: call.place,
            count: call.days,
          })}
        />
      </p>
      <ul className="list">
        {call.contacts.map((contact) => (
          <li key={contact.channel + contact.value}>
            <ContactLink {...contact} />
          </li>
        ))}
        {call.contacts.length === 0 && <li className="muted">{t('call.no_contact')}</li>}
      </ul>
      <details>
        <summary>{t('call.script')}</summary>
        <p>{t('call.script_open', { name: call.name })}</p>
        <p>{t(standsIn ? 'call.script_offer_stand_in' : 'call.script_offer')}</p>
        <p>{t('call.script_close')}</p>
      </details>
      <form className="fields" noValidate onSubmit={submit}>
        <Choices
          legend={t('call.outcome')}
          options={CALL_OUTCOMES.filter((value) => !(standsIn && value === 'break')).map((value) => ({
            value,
            label: t(`call.${value}`),
          }))}
          value={outcome}
          onChange={setOutcome}
          error={isMissing && !outcome ? t('call.choose') : undefined}
        />
        {(outcome === 'break' || outcome === 'hand_over') && <p className="notice">{t(`call.${outcome}_next`)}</p>}
        <Field
          label={t('call.words')}
          hint={t('call.words_why', { name: call.name })}
          rows={2}
          maxLength={LONGEST}
          value={words}
          onChange={(event) => {
            setWords(event.target.value);
          }}
        />
        {finish.isError && <Trouble error={finish.error} />}
        <button type="submit" className="button" disabled={finish.isPending}>
          {t('call.done')}
        </button>
        <p className="note">{t('call.no_sign')}</p>
      </form>
    </WaitingCard>
  );
}
