import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/ui/dialog';
import { Trouble } from '@/ui/trouble';
import type { Corrections, Names } from './corrections-api';
import { NameFields } from './name-fields';
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
  const [said, setSaid] = useState({ given_name: names.given_name, family_name: names.family_name });
  const { correction, mistakes, hasMistakes } = useCorrection(ways, ways.names, onDone);
  function submit(event: FormEvent) {
    event.preventDefault();
    correction.mutate(said);
  }
  return (
    <Dialog title={t('correct.name')} onClose={onClose}>
      <form className="fields" onSubmit={submit} noValidate>
        <NameFields names={said} mistakes={mistakes} onChange={setSaid} />
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
