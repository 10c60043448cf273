import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/ui/dialog';
import { Trouble } from '@/ui/trouble';
import { useTold } from './use-told';

interface Props {
  /** What is done, as title and as button. */
  deed: string;
  /** Does it to `id`. */
  tell: (id: string) => Promise<unknown>;
  id: string;
  onClose: () => void;
  /** What it means. */
  children: ReactNode;
}

/** Asks once more before something ends, is untied or goes. */
export function SureDialog({ deed, tell, id, onClose, children }: Props) {
  const { t } = useTranslation('common');
  const telling = useTold(tell, onClose);
  return (
    <Dialog title={deed} role="alertdialog" onClose={onClose}>
      {children}
      {telling.isError && <Trouble error={telling.error} />}
      <div className="buttons">
        <button
          type="button"
          className="button stop"
          disabled={telling.isPending}
          onClick={() => {
            telling.mutate(id);
          }}
        >
          {deed}
        </button>
        <button type="button" className="button line" onClick={onClose}>
          {t('cancel')}
        </button>
      </div>
    </Dialog>
  );
}
