import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import { Check } from '@/ui/check';
import { Field } from '@/ui/field';
import { Trouble } from '@/ui/trouble';
import { enterApplication, enterPerson } from './enter-api';
import { EnteredLine } from './entered-line';
import { PaperWords, type Printed, usePrinted } from './paper-words';
import { NO_WISH, SeatAsked } from './seat-asked';

const WAYS = ['phone', 'sms', 'post', 'email'] as const;
const TYPES = { phone: 'tel', sms: 'tel', post: 'text', email: 'email' } as const;
const NOBODY = { given_name: '', family_name: '', paper_number: '' };
const WORDINGS = { 'people.relay_contact': 'agrees', 'relays.ask_volunteer': 'may_be_asked' } as const;
const PURPOSES = ['people.relay_contact', 'relays.ask_volunteer'] as const;
const NO_WAYS = { phone: '', sms: '', post: '', email: '' };

/** Somebody met in person is entered from a numbered paper, once the notice was read aloud to them. */
export function EnterPerson({ place }: { place: string }) {
  const { t, i18n } = useTranslation('member');
  const [code, setCode] = useState(place);
  const [who, setWho] = useState(NOBODY);
  const [ways, setWays] = useState(NO_WAYS);
  const [agreed, setAgreed] = useState<readonly string[]>([]);
  const [isRead, setRead] = useState(false);
  const [isOfAge, setOfAge] = useState(false);
  const [asks, setAsks] = useState(false);
  const [wish, setWish] = useState(NO_WISH);
  const [printed, setPrinted] = useState<Printed>({});
  const wordings = usePrinted(printed);
  const enter = useMutation({
    mutationFn: async () => {
      const language: 'en' | 'fr' = i18n.language === 'en' ? 'en' : 'fr';
      const contacts = WAYS.filter((way) => ways[way].trim()).map((way) => ({
        channel: way,
        value: ways[way],
        agrees_to: PURPOSES.filter((purpose) => agreed.includes(`${way}:${purpose}`)),
      }));
      if (!asks) {
        const body = { place: code, ...who, contacts, wordings, is_read_aloud: isRead, is_of_age: isOfAge, language };
        return { person: await enterPerson(body), seat: null };
      }
      const { paper_number, ...names } = who;
      const body = {
        seat: code,
        newcomer: { place: code, ...names, contacts, language },
        paper_number,
        wordings,
        is_read_aloud: isRead,
        is_of_age: isOfAge,
        agrees_to_contact: wish.agrees,
        motivation: wish.motivation,
      };
      return { person: null, seat: await enterApplication(body) };
    },
    onSuccess: () => {
      setWho(NOBODY);
      setWays(NO_WAYS);
      setAgreed([]);
      setRead(false);
      setOfAge(false);
      setAsks(false);
      setWish(NO_WISH);
    },
  });
  const mistakes = enter.isError ? asProblem(enter.error).fields : {};
  const isSaid = Object.keys(mistakes).length > 0;
  function submit(event: FormEvent) {
    event.preventDefault();
    enter.mutate();
  }
  return (
    <form className="card fields" aria-labelledby="enter" onSubmit={submit}>
      <h2 id="enter">{t('enter.who')}</h2>
      <p>{t('enter.why')}</p>
      <p>
        <a
          href={`/${document.documentElement.lang}/places/${encodeURIComponent(code)}/paper/`}
          target="_blank"
          rel="noreferrer"
        >
          {t('enter.paper')}
        </a>
      </p>
      <Field
        label={t('enter.place')}
        hint={t('enter.place_hint')}
        required
        value={code}
        error={mistakes.place?.[0] ?? mistakes.seat?.[0]}
        onChange={(event) => {
          setCode(event.target.value);
        }}
      />
      {(['paper_number', 'given_name', 'family_name'] as const).map((name) => (
        <Field
          key={name}
          label={t(`enter.${name}`)}
          autoComplete="off"
          required={name !== 'family_name'}
          value={who[name]}
          error={mistakes[name]?.[0]}
          onChange={(event) => {
            setWho({ ...who, [name]: event.target.value });
          }}
        />
      ))}
      <PaperWords printed={printed} onPrint={setPrinted} />
      <fieldset className="group">
        <legend>{t('enter.ways')}</legend>
        {mistakes.contacts && <p className="error">{mistakes.contacts[0]}</p>}
        {WAYS.map((way) => (
          <div key={way}>
            <Field
              label={t(`own.channel_${way}`)}
              hint={way === 'email' && t('enter.email_hint')}
              type={TYPES[way]}
              autoComplete="off"
              value={ways[way]}
              error={mistakes[way]?.[0]}
              onChange={(event) => {
                setWays({ ...ways, [way]: event.target.value });
              }}
            />
            {ways[way].trim() &&
              PURPOSES.map((purpose) => {
                const box = `${way}:${purpose}`;
                return (
                  <label key={purpose} className="check">
                    <input
                      type="checkbox"
                      checked={agreed.includes(box)}
                      onChange={(event) => {
                        setAgreed(event.target.checked ? [...agreed, box] : agreed.filter((other) => other !== box));
                      }}
                    />
                    <span>{t(`enter.${WORDINGS[purpose]}`)}</span>
                  </label>
                );
              })}
          </div>
        ))}
      </fieldset>
      <fieldset className="group">
        <legend>{t('enter.asks')}</legend>
        <label className="check">
          <input
            type="checkbox"
            checked={asks}
            onChange={(event) => {
              setAsks(event.target.checked);
            }}
          />
          <span>{t('enter.asks_yes')}</span>
        </label>
        {asks && <SeatAsked wish={wish} onWish={setWish} mistakes={mistakes} printed={printed} />}
      </fieldset>
      <Check label={t('enter.of_age')} isChecked={isOfAge} error={mistakes.is_of_age?.[0]} onCheck={setOfAge} />
      <Check label={t('enter.read_aloud')} isChecked={isRead} error={mistakes.is_read_aloud?.[0]} onCheck={setRead} />
      {enter.isError && !isSaid && <Trouble error={enter.error} kept={t('enter.kept')} />}
      <p role="status">
        {enter.data?.person && t('enter.done', { number: enter.data.person.paper_number })}
        {enter.data?.seat && <EnteredLine entered={enter.data.seat} />}
      </p>
      <div className="buttons">
        <button type="submit" className="button" disabled={enter.isPending}>
          {t('enter.do')}
        </button>
      </div>
    </form>
  );
}
