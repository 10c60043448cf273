import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { outbox } from '@/api/outbox';
import { vault } from '@/lib/vault';
import { Dialog } from '@/ui/dialog';
import { signOut } from './sign-in-api';

/** Leave; what waits to be sent from this device would go with it, so we ask first. */
export function SignOut() {
  const { t } = useTranslation('common');
  const [unsent, setUnsent] = useState(0);

  async function leave() {
    await signOut();
    await vault.clear().catch(() => undefined);
    location.assign(`/${document.documentElement.lang}/`);
  }
  async function ask() {
    const waiting = await outbox.entries().catch(() => []);
    if (waiting.length) setUnsent(waiting.length);
    else await leave();
  }
  return (
    <>
      <button type="button" className="button bare" onClick={() => void ask()}>
        {t('sign_out.do')}
      </button>
      {unsent > 0 && (
        <Dialog
          title={t('sign_out.unsent', { count: unsent })}
          role="alertdialog"
          onClose={() => {
            setUnsent(0);
          }}
        >
          <p className="muted">{t('sign_out.lost')}</p>
          <div className="buttons">
            <button
              type="button"
              className="button"
              onClick={() => {
                setUnsent(0);
              }}
            >
              {t('sign_out.stay')}
            </button>
            <button type="button" className="button stop" onClick={() => void leave()}>
              {t('sign_out.leave')}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
