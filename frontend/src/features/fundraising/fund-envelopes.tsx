import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { Envelope, Fund } from '@/api/shapes';
import { placesOfRoleQuery } from '@/entities/area/organised-places';
import { Field } from '@/ui/field';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';
import { Select } from '@/ui/select';
import { Trouble } from '@/ui/trouble';
import { addEnvelope, BLANK_WORDS, turnFund, wordFund } from './funds-api';
import { useFundChange } from './use-fund-change';

/** The parts of a recipient among which a giver may share one payment. */
export function FundEnvelopes({ fund, languages }: { fund: Fund; languages: readonly string[] }) {
  const { t } = useTranslation('money');
  const places = useQuery(placesOfRoleQuery('administrator')).data ?? [];
  const [name, setName] = useState('');
  const [area, setArea] = useState('');
  const add = useFundChange(addEnvelope, () => {
    setName('');
    setArea('');
  });
  const wrong = add.isError ? asProblem(add.error).fields : {};
  function submit(event: FormEvent) {
    event.preventDefault();
    const code = `${fund.code}-${slug(name)}`.slice(0, 48).replace(/-$/, '');
    add.mutate({ code: fund.code, envelope: code, name, area: area || null });
  }
  return (
    <Pane title={t('envelopes.title')} note={t('envelopes.why')}>
      <div className="pane-body">
        {fund.envelopes.length === 0 && <p className="muted">{t('envelopes.none')}</p>}
        {fund.envelopes.length > 0 && (
          <ul className="rows">
            {fund.envelopes.map((envelope) => (
              <Line key={envelope.code} envelope={envelope} languages={languages} />
            ))}
          </ul>
        )}
        {fund.abilities.add_envelope && (
          <form onSubmit={submit} noValidate className="fields">
            <Field
              label={t('envelopes.name')}
              required
              maxLength={80}
              value={name}
              error={wrong.name?.[0] ?? wrong.envelope?.[0]}
              onChange={(event) => {
                setName(event.target.value);
              }}
            />
            <Select
              label={t('envelopes.area')}
              error={wrong.area?.[0]}
              options={[
                { value: '', label: t('envelopes.everywhere') },
                ...places.map((place) => ({ value: place.id, label: place.name })),
              ]}
              value={area}
              onChange={(event) => {
                setArea(event.target.value);
              }}
            />
            {add.isError && <Trouble error={add.error} kept={t('fund.kept')} />}
            <div className="buttons">
              <button type="submit" className="button line" disabled={add.isPending || !name.trim()}>
                {t('envelopes.add')}
              </button>
            </div>
          </form>
        )}
      </div>
    </Pane>
  );
}

function slug(text: string) {
  return text
    .normalize('NFKD')
    .replace(/[^\w\s-]/g, '')
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '-');
}

function Line({ envelope, languages }: { envelope: Envelope; languages: readonly string[] }) {
  const { t, i18n } = useTranslation('money');
  const [names, setNames] = useState(() =>
    Object.fromEntries(languages.map((language) => [language, envelope.texts[language]?.name ?? ''])),
  );
  const [isNaming, setNaming] = useState(false);
  const turn = useFundChange(turnFund);
  const word = useFundChange(wordFund);
  const name = envelope.texts[i18n.language]?.name ?? envelope.code;
  async function submit(event: FormEvent) {
    event.preventDefault();
    for (const language of languages) {
      const words = { ...BLANK_WORDS, ...envelope.texts[language], name: names[language] ?? '' };
      if (words.name !== envelope.texts[language]?.name)
        await word.mutateAsync({ code: envelope.code, language, words }).catch(() => undefined);
    }
    setNaming(false);
  }
  return (
    <li>
      <div>
        <b>
          <Raised text={name} />
        </b>{' '}
        {envelope.area && envelope.area.name !== name && <Raised text={envelope.area.name} />}
        {envelope.closed_at && <small> {t('envelopes.closed')}</small>}
      </div>
      <div className="buttons">
        {envelope.abilities.describe && (
          <button
            type="button"
            className="button bare"
            aria-expanded={isNaming}
            onClick={() => {
              setNaming(!isNaming);
            }}
          >
            {t('envelopes.rename')}
          </button>
        )}
        <button
          type="button"
          className="button bare"
          disabled={turn.isPending}
          onClick={() => {
            turn.mutate({ code: envelope.code, to: envelope.abilities.close ? 'close' : 'reopen' });
          }}
        >
          {t(envelope.abilities.close ? 'envelopes.close' : 'envelopes.reopen')}
        </button>
      </div>
      {isNaming && (
        <form className="under fields" onSubmit={(event) => void submit(event)} noValidate>
          {languages.map((language) => (
            <Field
              key={language}
              label={t('envelopes.name_in', { language: t(`language.${language}`) })}
              lang={language}
              maxLength={80}
              value={names[language] ?? ''}
              onChange={(event) => {
                setNames({ ...names, [language]: event.target.value });
              }}
            />
          ))}
          <div className="buttons">
            <button type="submit" className="button line" disabled={word.isPending}>
              {t('words.save')}
            </button>
          </div>
        </form>
      )}
      {(turn.isError || word.isError) && <Trouble error={turn.error ?? word.error} />}
    </li>
  );
}
