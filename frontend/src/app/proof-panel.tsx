import { Suspense, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { proofAsked } from '@/api/proof';
import { Dialog } from '@/ui/dialog';
import { Skeleton } from '@/ui/skeleton';
import { LazyProve } from './lazy-accounts';

/** Something asks for a recent proof: given here, over the page, and it goes on. */
export function ProofPanel() {
  const { t } = useTranslation('common');
  const asked = useSyncExternalStore(proofAsked.subscribe, proofAsked.get);
  if (!asked) return null;
  return (
    <Dialog
      title={t('proof.title')}
      onClose={() => {
        asked.answer(false);
      }}
    >
      <p className="muted">{t('proof.why')}</p>
      <Suspense fallback={<Skeleton lines={2} />}>
        <LazyProve
          ways={asked.ways}
          onDone={() => {
            asked.answer(true);
          }}
        />
      </Suspense>
    </Dialog>
  );
}
