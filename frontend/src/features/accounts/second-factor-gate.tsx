import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SecondFactor } from '@/api/shapes';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { OwnApp } from './own-app';
import { OwnCodes } from './own-codes';
import { OwnPasskeys } from './own-passkeys';
import { Prove } from './prove';
import { firstCodes, securityQuery } from './security-api';

/** A role asks for a second factor: set one up, or prove it; nothing of the role opens before. */
export function SecondFactorGate({ standing, onDone }: { standing: SecondFactor; onDone: () => void }) {
  const { t } = useTranslation('security');
  const security = useQuery(securityQuery);
  const [codes, setCodes] = useState<string[] | null>(null);
  const show = () => void firstCodes().then(setCodes, onDone);
  if (security.isError) return <Trouble error={security.error} retry={() => void security.refetch()} />;
  if (!security.data) return <Skeleton lines={4} />;
  if (standing === 'to_prove') {
    return (
      <>
        <h1>{t('gate.prove')}</h1>
        <p>{t('gate.why')}</p>
        <Prove ways={security.data.ways} onDone={onDone} />
      </>
    );
  }
  if (codes) {
    return (
      <>
        <h1>{t('gate.kept')}</h1>
        <OwnCodes left={security.data.recovery_codes} shown={codes} onShown={setCodes} />
        <button type="button" className="button" onClick={onDone}>
          {t('gate.go_on')}
        </button>
      </>
    );
  }
  return (
    <>
      <h1>{t('gate.set_up')}</h1>
      <p>{t('gate.why')}</p>
      <OwnPasskeys passkeys={security.data.passkeys} onAdded={show} />
      <OwnApp app={security.data.totp} onAdded={show} />
    </>
  );
}
