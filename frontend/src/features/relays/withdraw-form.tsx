import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '@/ui/field';

interface Props {
  isBusy: boolean;
  onWithdraw: (words: string) => void;
  onCancel: () => void;
}

/** An applicant whom no mail reaches says that they take it back; why is written down where they said it. */
export function WithdrawForm({ isBusy, onWithdraw, onCancel }: Props) {
  const { t } = useTranslation('organiser');
  const [words, setWords] = useState('');
  return (
    <form
      className="deeds"
      onSubmit={(event) => {
        event.preventDefault();
        onWithdraw(words.trim());
      }}
    >
      <Field
        label={t('applications.withdraw_words')}
        hint={t('applications.withdraw_words_why')}
        rows={3}
        maxLength={500}
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
        }}
      />
      <button type="submit" className="button" disabled={isBusy}>
        {t('applications.withdraw_do')} <small>{t('applications.decline_small')}</small>
      </button>
      <button type="button" className="button bare" onClick={onCancel}>
        {t('common:cancel')}
      </button>
    </form>
  );
}
