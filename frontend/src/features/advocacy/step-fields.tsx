import { useTranslation } from 'react-i18next';
import { CONTACT_STEPS, type ContactStep, type ContactStepKind } from '@/api/shapes';
import { Field } from '@/ui/field';
import { Select } from '@/ui/select';
import { today } from './today';

interface Props {
  step: ContactStep;
  error?: string | undefined;
  onChange: (part: Partial<ContactStep>) => void;
}

/** What happened at a contact on a day. */
export function StepFields({ step, error, onChange }: Props) {
  const { t } = useTranslation('advocacy');
  return (
    <>
      <Select
        label={t('log.step')}
        value={step.kind}
        options={CONTACT_STEPS.map((value) => ({ value, label: t(`step.${value}`) }))}
        error={error}
        onChange={(event) => {
          onChange({ kind: event.target.value as ContactStepKind });
        }}
      />
      <Field
        label={t('log.on')}
        type="date"
        max={today()}
        value={step.on}
        onChange={(event) => {
          onChange({ on: event.target.value });
        }}
      />
      <Field
        label={t('log.words')}
        rows={3}
        maxLength={1000}
        value={step.words}
        onChange={(event) => {
          onChange({ words: event.target.value });
        }}
      />
    </>
  );
}
