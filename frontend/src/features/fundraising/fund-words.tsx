import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { Fund, FundWords as Words } from '@/api/shapes';
import { Field } from '@/ui/field';
import { Pane } from '@/ui/pane';
import { Trouble } from '@/ui/trouble';
import { inCents, inEuros } from './cents';
import { BLANK_WORDS, wordFund } from './funds-api';
import { useFundChange } from './use-fund-change';

/** "10 un trajet": one use a line, its amount first. */
const usesTyped = (uses: Words['uses']) => (uses ?? []).map((use) => `${inEuros(use.amount)} ${use.pays}`).join('\n');

function usesOf(typed: string) {
  return typed.split('\n').flatMap((line) => {
    const [amount = '', ...words] = line.trim().split(/\s+/);
    const cents = inCents(amount);
    return cents && words.length > 0 ? [{ amount: cents, pays: words.join(' ') }] : [];
  });
}

/** What the page says in one language. */
export function FundWords({ fund, language }: { fund: Fund; language: string }) {
  const { t } = useTranslation('money');
  const known = fund.texts[language] ?? BLANK_WORDS;
  const [words, setWords] = useState<Words>(known);
  const [uses, setUses] = useState(usesTyped(known.uses));
  const save = useFundChange(wordFund);
  const wrong = save.isError ? asProblem(save.error).fields : {};
  const field = (name: 'name' | 'title' | 'lead' | 'other_ways' | 'thanks') => ({
    label: t(`words.${name}`),
    lang: language,
    value: words[name] ?? '',
    error: wrong[name]?.[0],
    onChange: (event: { target: { value: string } }) => {
      setWords({ ...words, [name]: event.target.value });
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate({ code: fund.code, language, words: { ...words, uses: usesOf(uses) } });
  }
  return (
    <Pane title={t('words.title_in', { language: t(`language.${language}`) })}>
      <form onSubmit={submit} noValidate className="pane-body fields">
        <Field {...field('name')} hint={t('words.name_why')} maxLength={80} />
        <Field {...field('title')} maxLength={160} />
        <Field {...field('lead')} rows={2} maxLength={2000} />
        <Field
          label={t('words.uses')}
          hint={t('words.uses_why')}
          lang={language}
          rows={4}
          value={uses}
          onChange={(event) => {
            setUses(event.target.value);
          }}
        />
        <Field {...field('other_ways')} hint={t('words.other_ways_why')} rows={3} maxLength={2000} />
        <Field {...field('thanks')} rows={2} maxLength={2000} />
        {save.isError && <Trouble error={save.error} kept={t('fund.kept')} />}
        <div className="buttons">
          <button type="submit" className="button line" disabled={save.isPending || !fund.abilities.describe}>
            {t('words.save')}
          </button>
          <p className="note" role="status">
            {save.isSuccess && t('fund.saved')}
          </p>
        </div>
      </form>
    </Pane>
  );
}
