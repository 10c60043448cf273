import { useTranslation } from 'react-i18next';
import type { AgentsWord } from '@/api/shapes';
import { Field } from '@/ui/field';

export const NOTHING_SAID: AgentsWord = { authorised_by: '', authorised_on: '', reference: '' };

interface Props {
  said: AgentsWord;
  wrong: Record<string, string[]>;
  onChange: (said: AgentsWord) => void;
}

/** The agent's word that money goes back: who gave it, when, and where it is written. */
export function AuthorisationFields({ said, wrong, onChange }: Props) {
  const { t } = useTranslation('money');
  return (
    <>
      <Field
        label={t('back.authorised_by')}
        hint={t('back.authorised_by_why')}
        maxLength={200}
        value={said.authorised_by}
        error={wrong.authorised_by?.[0]}
        onChange={(event) => {
          onChange({ ...said, authorised_by: event.target.value });
        }}
      />
      <Field
        label={t('back.authorised_on')}
        type="date"
        value={said.authorised_on}
        error={wrong.authorised_on?.[0]}
        onChange={(event) => {
          onChange({ ...said, authorised_on: event.target.value });
        }}
      />
      <Field
        label={t('back.reference')}
        hint={t('back.reference_why')}
        maxLength={200}
        value={said.reference}
        error={wrong.reference?.[0]}
        onChange={(event) => {
          onChange({ ...said, reference: event.target.value });
        }}
      />
    </>
  );
}
