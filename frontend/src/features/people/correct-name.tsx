import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/ui/dialog';
import { Field } from '@/ui/field';
import { Trouble } from '@/ui/trouble';
import type { Corrections, Names } from './corrections-api';
import { useCorrection } from './use-correction';

interface Props {
  ways: Corrections;
  names: Names;
  onClose: () => void;
  onDone: () => void;
}

/** The names as they are; lists and the search follow at once. */
export function CorrectName({ ways, names, onClose, onDone }: Props) {
  const { t } = useTranslation('member');
  const [given, setGiven] = useState(names.given_name);
  const [family, setFamily] = useState(names.family_name);
  const { correction, mistakes, hasMistakes } = useCorrection(ways, ways.names, onDone);
  function submit(event: FormEvent) {
    event.preventDefault();
    correction.mutate({ given_name: given, family_name: family });
  }
  return (
    <Dialog title={t('correct.name')} onClose={onClose}>
      <form className="fields" onSubmit={submit} noValidate>
        <Field
          label={t('correct.given_name')}
          autoComplete="given-name"
          required
          maxLength={100}
          value={given}
          error={mistakes.given_name?.[0]}
          onChange={(event) => {
            setGiven(event.target.value);
          }}
        />
        <Field
          label={t('correct.family_name')}
          autoComplete="family-name"
          maxLength={100}
          value={family}
          error={mistakes.family_name?.[0]}
          onChange={(event) => {
            setFamily(event.target.value);
          }}
        />
        {correction.isError && !hasMistakes && <Trouble error={correction.error} kept={t('correct.unchanged')} />}
        <div className="buttons">
          <button type="submit" className="button" disabled={correction.isPending}>
            {t('correct.do')}
          </button>
          <button type="button" className="button line" onClick={onClose}>
            {t('common:cancel')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
