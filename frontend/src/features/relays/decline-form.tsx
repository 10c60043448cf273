import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '@/ui/field';

interface Props {
  /** Whom the words are for. */
  label: string;
  /** What the button does, and its consequence. */
  deed: string;
  small: string;
  isBusy: boolean;
  onDecline: (words: string) => void;
  onCancel: () => void;
}

/** A no is said in words, which the person reads. */
export function DeclineForm({ label, deed, small, isBusy, onDecline, onCancel }: Props) {
  const { t } = useTranslation('organiser');
  const [words, setWords] = useState('');
  const [isMissing, setMissing] = useState(false);
  return (
    <form
      className="deeds"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setMissing(!words.trim());
        if (words.trim()) onDecline(words.trim());
      }}
    >
      <Field
        label={label}
        hint={t('applications.decline_words_why')}
        rows={4}
        maxLength={2000}
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
        }}
        error={isMissing ? t('applications.decline_missing') : undefined}
      />
      <button type="submit" className="button" disabled={isBusy}>
        {deed} <small>{small}</small>
      </button>
      <button type="button" className="button bare" onClick={onCancel}>
        {t('common:cancel')}
      </button>
    </form>
  );
}
