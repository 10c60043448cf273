import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '@/ui/field';

interface Props {
  isBusy: boolean;
  error: string | undefined;
  onEnter: (number: string) => void;
  onCancel: () => void;
}

/** The number of the page on which somebody signed the charter. */
export function SignedPaper({ isBusy, error, onEnter, onCancel }: Props) {
  const { t } = useTranslation('organiser');
  const [number, setNumber] = useState('');
  return (
    <form
      className="fields"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onEnter(number);
      }}
    >
      <Field
        label={t('ready.paper_number')}
        hint={t('ready.paper_why')}
        maxLength={32}
        value={number}
        onChange={(event) => {
          setNumber(event.target.value);
        }}
        error={error}
      />
      <div className="buttons">
        <button type="submit" className="button" disabled={isBusy}>
          {t('ready.paper_do')}
        </button>
        <button type="button" className="button bare" onClick={onCancel}>
          {t('common:cancel')}
        </button>
      </div>
    </form>
  );
}
