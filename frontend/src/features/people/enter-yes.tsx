import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import { Check } from '@/ui/check';
import { Field } from '@/ui/field';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { cardQuery } from './card-api';
import { Contacts } from './contacts';
import { enterApplication } from './enter-api';
import { EnteredLine } from './entered-line';
import { nameOf } from './name-of';
import { PaperWords, type Printed, usePrinted } from './paper-words';
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
  const [printed, setPrinted] = useState<Printed>({});
  const wordings = usePrinted(printed);
  const [isRead, setRead] = useState(false);
  const [isOfAge, setOfAge] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  const enter = useMutation({
    mutationFn: () =>
      enterApplication({
        seat: seat || code,
        person: id,
        paper_number: number,
        wordings,
        is_read_aloud: isRead,
        is_of_age: isOfAge,
        agrees_to_contact: wish.agrees,
        motivation: wish.motivation,
      }),
    onSuccess: () => {
      // The form goes, and with it the button that had the focus.
      title.current?.focus();
      return queries.invalidateQueries({ queryKey: ['relays'] });
    },
  });
  const mistakes = enter.isError ? asProblem(enter.error).fields : {};
  const person = card.data;
  if (card.isPending) return <Skeleton lines={6} />;
  if (!person) return <Trouble error={card.error} retry={() => void card.refetch()} />;
  const name = nameOf(person);
  function submit(event: FormEvent) {
    event.preventDefault();
    enter.mutate();
  }
  return (
    <section className="card fields" aria-labelledby="yes">
      <h2 id="yes" tabIndex={-1} ref={title}>
        <Raised text={place ? t('enter.yes_for', { name, place }) : t('enter.yes', { name })} />
      </h2>
      {!enter.isSuccess && (
        <form className="fields" aria-labelledby="yes" onSubmit={submit}>
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
          <PaperWords printed={printed} onPrint={setPrinted} only="relays.application" />
          <SeatAsked wish={wish} onWish={setWish} mistakes={mistakes} printed={printed} />
          <Check label={t('enter.of_age')} isChecked={isOfAge} error={mistakes.is_of_age?.[0]} onCheck={setOfAge} />
          <Check
            label={t('enter.read_to_them')}
            isChecked={isRead}
            error={mistakes.is_read_aloud?.[0]}
            onCheck={setRead}
          />
          {mistakes.contacts && <p className="error">{mistakes.contacts[0]}</p>}
          {enter.isError && Object.keys(mistakes).length === 0 && (
            <Trouble error={enter.error} kept={t('enter.kept')} />
          )}
          <div className="buttons">
            <button type="submit" className="button" disabled={enter.isPending}>
              {t('enter.yes_do')}
            </button>
          </div>
        </form>
      )}
      <p role="status">{enter.isSuccess && <EnteredLine entered={enter.data} />}</p>
    </section>
  );
}
