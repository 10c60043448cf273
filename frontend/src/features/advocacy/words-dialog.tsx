import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '@/api/problem';
import { Dialog } from '@/ui/dialog';
import { Field } from '@/ui/field';
import { Trouble } from '@/ui/trouble';

interface Props {
  title: string;
  why: string;
  /** What the words are, and under which name the server refuses them. */
  label: string;
  field: string;
  /** What pressing does; red where it takes something away. */
  word: string;
  isStop?: boolean;
  telling: { isPending: boolean; isError: boolean; error: Problem | null };
  onSay: (words: string) => void;
  onClose: () => void;
  children?: ReactNode;
}

/** A few words before something is done: whom it concerns reads them, and whom they speak of may. */
export function WordsDialog({ title, why, label, field, word, isStop, telling, onSay, onClose, children }: Props) {
  const { t } = useTranslation('advocacy');
  const [words, setWords] = useState('');
  const mistake = telling.error?.fields[field]?.[0];
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    onSay(words);
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="fields" noValidate onSubmit={onSubmit}>
        <p>{why}</p>
        <p className="notice">{t('log.why')}</p>
        {children}
        <Field
          label={label}
          rows={3}
          maxLength={500}
          value={words}
          error={mistake}
          onChange={(event) => {
            setWords(event.target.value);
          }}
        />
        {telling.isError && !mistake && <Trouble error={telling.error} />}
        <div className="buttons">
          <button type="submit" className={isStop ? 'button stop' : 'button'} disabled={telling.isPending}>
            {word}
          </button>
          <button type="button" className="button line" onClick={onClose}>
            {t('common:cancel')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
