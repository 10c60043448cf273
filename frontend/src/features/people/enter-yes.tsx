import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, read } from '@/api/client';
import { asProblem } from '@/api/problem';
import { Field } from '@/ui/field';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { cardQuery } from './card-api';
import { Contacts } from './contacts';
import { EnteredLine } from './entered-line';
import { NO_WISH, SeatAsked } from './seat-asked';

interface Props {
  person: string;
  /** The seat that they were called about, and what it is called; empty: the one of their place, which may be changed. */
  seat: string;
  place: string;
}

/** A member without an e-mail address asks for a seat, at the door or on the telephone: a numbered paper is the proof. */
export function EnterYes({ person: id, seat, place }: Props) {
  const { t } = useTranslation('member');
  const queries = useQueryClient();
  const card = useQuery(cardQuery(id));
  const [code, setCode] = useState('');
  const [number, setNumber] = useState('');
  const [wish, setWish] = useState(NO_WISH);
  const [isRead, setRead] = useState(false);
  const enter = useMutation({
    mutationFn: () =>
      read(
        client.POST('/api/v1/relays/applications/entered/', {
          body: {
            seat: seat || code,
            person: id,
            paper_number: number,
            is_read_aloud: isRead,
            agrees_to_contact: wish.agrees,
            motivation: wish.motivation,
          },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['relays'] }),
  });
  const mistakes = enter.isError ? asProblem(enter.error).fields : {};
  const person = card.data;
  if (card.isPending) return <Skeleton lines={6} />;
  if (!person) return <Trouble error={card.error} retry={() => void card.refetch()} />;
  const name = `${person.given_name} ${person.family_name ?? person.initial}`.trim();
  if (enter.isSuccess) {
    return (
      <section className="card fields" aria-labelledby="yes">
        <h2 id="yes">{name}</h2>
        <p role="status">
          <EnteredLine entered={enter.data} />
        </p>
      </section>
    );
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    enter.mutate();
  }
  return (
    <form className="card fields" aria-labelledby="yes" onSubmit={submit}>
      <h2 id="yes">
        <Raised text={place ? t('enter.yes_for', { name, place }) : t('enter.yes', { name })} />
      </h2>
      <p>{t('enter.yes_why')}</p>
      <p>
        <Contacts contacts={person.contacts} />
      </p>
      {!seat && (
        <Field
          label={t('enter.seat')}
          hint={t('enter.seat_hint')}
          required
          value={code}
          error={mistakes.seat?.[0]}
          onChange={(event) => {
            setCode(event.target.value);
          }}
        />
      )}
      <Field
        label={t('enter.paper_number')}
        hint={t('enter.paper_called')}
        autoComplete="off"
        required
        value={number}
        error={mistakes.paper_number?.[0]}
        onChange={(event) => {
          setNumber(event.target.value);
        }}
      />
      <SeatAsked wish={wish} onWish={setWish} mistakes={mistakes} />
      <div className="field">
        <label className="check">
          <input
            type="checkbox"
            checked={isRead}
            aria-invalid={mistakes.is_read_aloud ? true : undefined}
            onChange={(event) => {
              setRead(event.target.checked);
            }}
          />
          <span>{t('enter.read_to_them')}</span>
        </label>
        {mistakes.is_read_aloud && <p className="error">{mistakes.is_read_aloud[0]}</p>}
      </div>
      {mistakes.contacts && <p className="error">{mistakes.contacts[0]}</p>}
      {enter.isError && Object.keys(mistakes).length === 0 && <Trouble error={enter.error} kept={t('enter.kept')} />}
      <div className="buttons">
        <button type="submit" className="button" disabled={enter.isPending}>
          {t('enter.yes_do')}
        </button>
      </div>
    </form>
  );
}
