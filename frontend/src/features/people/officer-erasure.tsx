import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Check } from '@/ui/check';
import { Dialog } from '@/ui/dialog';
import { Trouble } from '@/ui/trouble';
import { eraseForReason } from './officer-api';

interface Props {
  reasonId: string;
  name: string;
  onErased: () => void;
}

/** Somebody asked to be forgotten who has neither account nor mailbox: it is done for them, once, for good. */
export function OfficerErasure({ reasonId, name, onErased }: Props) {
  const { t } = useTranslation('member');
  const [isAsked, setAsked] = useState(false);
  const [isSure, setSure] = useState(false);
  const erase = useMutation({ mutationFn: () => eraseForReason(reasonId), onSuccess: onErased });
  const close = () => {
    setAsked(false);
  };
  return (
    <>
      <button
        type="button"
        className="button stop"
        onClick={() => {
          erase.reset();
          setSure(false);
          setAsked(true);
        }}
      >
        {t('officer.erase')}
      </button>
      {isAsked && (
        <Dialog title={t('officer.erase_title', { name })} role="alertdialog" onClose={close}>
          <form
            className="fields"
            onSubmit={(event) => {
              event.preventDefault();
              if (isSure) erase.mutate();
            }}
          >
            <p>{t('officer.erase_what')}</p>
            <Check label={t('officer.erase_sure')} isChecked={isSure} onCheck={setSure} />
            {erase.isError && <Trouble error={erase.error} kept={t('own.erase_nothing')} />}
            <div className="buttons">
              <button type="submit" className="button stop" disabled={!isSure || erase.isPending}>
                {t('officer.erase')}
              </button>
              <button type="button" className="button line" onClick={close}>
                {t('common:cancel')}
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  );
}
