import { useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { outbox } from '@/api/outbox';
import { sessionEnd } from '@/api/session';
import { vaultOrder } from '@/api/vault-order';
import type { Me } from '@/api/shapes';
import { meQuery } from '@/entities/person/me';
import { SignIn } from '@/features/accounts/sign-in';
import { Dialog } from '@/ui/dialog';

/** When a session ended under someone's hands: sign in again over the page, which keeps what was typed. */
export function SessionPanel() {
  const { t } = useTranslation('common');
  const queries = useQueryClient();
  const isEnded = useSyncExternalStore(sessionEnd.subscribe, sessionEnd.get);
  const isWiping = useSyncExternalStore(vaultOrder.subscribe, vaultOrder.isGiven);
  if (!isEnded || isWiping) return null;
  const me = queries.getQueryData<Me | null>(meQuery.queryKey);
  return (
    <Dialog
      title={t('session.ended')}
      role="alertdialog"
      isDismissable={false}
      onClose={() => {
        sessionEnd.set(false);
      }}
    >
      <p className="muted">{t('session.kept')}</p>
      <SignIn
        knownEmail={me?.email}
        onDone={() => {
          sessionEnd.set(false);
          void queries.invalidateQueries();
          void outbox.send().catch(() => undefined);
        }}
      />
    </Dialog>
  );
}
