import { useTranslation } from 'react-i18next';
import { Field } from '@/ui/field';
import type { Names } from './corrections-api';

interface Props {
  names: Names;
  mistakes: Record<string, string[]>;
  onChange: (names: Names) => void;
}

/** A first name, which is needed, and a family name. */
export function NameFields({ names, mistakes, onChange }: Props) {
  const { t } = useTranslation('member');
  return (
    <>
      <Field
        label={t('correct.given_name')}
        autoComplete="given-name"
        required
        maxLength={100}
        value={names.given_name}
        error={mistakes.given_name?.[0]}
        onChange={(event) => {
          onChange({ ...names, given_name: event.target.value });
        }}
      />
      <Field
        label={t('correct.family_name')}
        autoComplete="family-name"
        maxLength={100}
        value={names.family_name}
        error={mistakes.family_name?.[0]}
        onChange={(event) => {
          onChange({ ...names, family_name: event.target.value });
        }}
      />
    </>
  );
}
