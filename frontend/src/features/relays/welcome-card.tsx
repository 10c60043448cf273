import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { OwnWelcome } from '@/api/shapes';
import { Check } from '@/ui/check';
import { Select } from '@/ui/select';
import { Trouble } from '@/ui/trouble';
import { agreeToWelcome, careQueries, stopWelcoming } from './care-api';

const PLACES = [1, 2, 3, 4, 5];

/** Whether I welcome newcomers: my choice, never made for me, taken back with one press. */
export function WelcomeCard() {
  const { t } = useTranslation('member');
  const welcome = useQuery(careQueries.welcome);
  if (!welcome.data || (welcome.data.may_as.length === 0 && !welcome.data.is_given)) return null;
  return (
    <section className="card" aria-labelledby="welcome">
      <h2 id="welcome">{t('welcome.title')}</h2>
      {welcome.data.is_given ? <Given welcome={welcome.data} /> : <Asking welcome={welcome.data} />}
    </section>
  );
}

function Given({ welcome }: { welcome: OwnWelcome }) {
  const { t } = useTranslation('member');
  const queries = useQueryClient();
  const stop = useMutation({
    mutationFn: stopWelcoming,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['relays'] }),
  });
  const contact = welcome.contacts.find(({ id }) => id === welcome.contact);
  const kinds = [
    ...(welcome.as_facilitator ? [t('welcome.as_facilitator')] : []),
    ...(welcome.as_buddy ? [t('welcome.as_buddy')] : []),
  ];
  return (
    <>
      <p role="status">{t('welcome.given', { count: welcome.places })}</p>
      <ul className="list">
        {kinds.map((kind) => (
          <li key={kind}>{kind}</li>
        ))}
        {contact && <li>{t('welcome.by', { contact: contact.value })}</li>}
      </ul>
      {stop.isError && <Trouble error={stop.error} />}
      <div className="buttons">
        <button
          type="button"
          className="button line"
          disabled={stop.isPending}
          onClick={() => {
            stop.mutate();
          }}
        >
          {t('welcome.stop')}
        </button>
      </div>
      <p className="note">{t('welcome.stop_why')}</p>
    </>
  );
}

function Asking({ welcome }: { welcome: OwnWelcome }) {
  const { t } = useTranslation('member');
  const queries = useQueryClient();
  const [agrees, setAgrees] = useState(false);
  const [asFacilitator, setFacilitator] = useState(false);
  const [asBuddy, setBuddy] = useState(false);
  const [places, setPlaces] = useState('1');
  const [contact, setContact] = useState(welcome.contacts[0]?.id ?? '');
  const [isIncomplete, setIncomplete] = useState(false);
  const agree = useMutation({
    mutationFn: agreeToWelcome,
    onSuccess: (data) => {
      queries.setQueryData(careQueries.welcome.queryKey, data);
    },
    // The words may have changed meanwhile: the new ones are read before they are agreed to.
    onError: async () => {
      setAgrees(false);
      await queries.invalidateQueries({ queryKey: careQueries.welcome.queryKey });
    },
  });
  const fields = agree.isError ? asProblem(agree.error).fields : {};
  function submit(event: FormEvent) {
    event.preventDefault();
    const isComplete = agrees && (asFacilitator || asBuddy);
    setIncomplete(!isComplete);
    if (!isComplete) return;
    agree.mutate({
      agrees,
      version: welcome.version,
      contact,
      places: Number(places),
      as_facilitator: asFacilitator,
      as_buddy: asBuddy,
    });
  }
  return (
    <form className="fields" noValidate onSubmit={submit}>
      <p>{t('welcome.why')}</p>
      <fieldset className="group">
        <legend>{t('welcome.as')}</legend>
        <label className="check">
          <input
            type="checkbox"
            checked={asFacilitator}
            onChange={(event) => {
              setFacilitator(event.target.checked);
            }}
          />
          <span>{t('welcome.as_facilitator')}</span>
        </label>
        {welcome.may_as.includes('buddy') && (
          <label className="check">
            <input
              type="checkbox"
              checked={asBuddy}
              onChange={(event) => {
                setBuddy(event.target.checked);
              }}
            />
            <span>{t('welcome.as_buddy')}</span>
          </label>
        )}
      </fieldset>
      <Select
        label={t('welcome.places')}
        options={PLACES.map((count) => ({ value: String(count), label: t('welcome.at_once', { count }) }))}
        value={places}
        onChange={(event) => {
          setPlaces(event.target.value);
        }}
      />
      <Select
        label={t('companion.contact')}
        options={welcome.contacts.map(({ id: value, value: label }) => ({ value, label }))}
        value={contact}
        error={fields.contact?.join(' ')}
        onChange={(event) => {
          setContact(event.target.value);
        }}
      />
      <Check
        label={welcome.wording}
        isChecked={agrees}
        error={agrees ? undefined : fields.agrees?.[0]}
        onCheck={setAgrees}
      />
      {isIncomplete && (
        <p className="error" role="alert">
          {t('welcome.incomplete')}
        </p>
      )}
      {agree.isError && !fields.agrees && <Trouble error={agree.error} />}
      <button type="submit" className="button" disabled={agree.isPending || !contact}>
        {t('welcome.do')}
      </button>
    </form>
  );
}
