import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import { Field } from '@/ui/field';
import { Trouble } from '@/ui/trouble';

interface Props {
  label: string;
  hint: string;
  /** What the button does. */
  word: string;
  isStop?: boolean;
  rows?: number;
  most?: number;
  /** What stands there already. */
  before?: string;
  /** The name of the field in the answer of the server. */
  name: string;
  act: { mutate: (words: string) => void; isPending: boolean; isError: boolean; error: unknown };
}

/** Something that is done with words: kept while they are wrong, sent once they are there. */
export function WordsForm({ label, hint, word, isStop, rows = 3, most = 1000, before = '', name, act }: Props) {
  const { t } = useTranslation('money');
  const [words, setWords] = useState(before);
  const wrong = act.isError ? asProblem(act.error).fields[name]?.[0] : undefined;
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    act.mutate(words);
  }
  return (
    <form className="fields" onSubmit={onSubmit} noValidate>
      <Field
        label={label}
        hint={hint}
        rows={rows}
        maxLength={most}
        value={words}
        error={wrong}
        onChange={(event) => {
          setWords(event.target.value);
        }}
      />
      {act.isError && !wrong && <Trouble error={act.error} kept={t('fund.kept')} />}
      <div className="buttons">
        <button
          type="submit"
          className={isStop ? 'button stop' : 'button'}
          disabled={act.isPending || !words.trim() || words === before}
        >
          {word}
        </button>
      </div>
    </form>
  );
}
