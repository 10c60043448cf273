import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { meQuery } from '@/entities/person/me';
import { OwnApp } from '@/features/accounts/own-app';
import { OwnCodes } from '@/features/accounts/own-codes';
import { OwnPasskeys } from '@/features/accounts/own-passkeys';
import { OwnPassword } from '@/features/accounts/own-password';
import { OwnSessions } from '@/features/accounts/own-sessions';
import { ResetFactors } from '@/features/accounts/reset-factors';
import { firstCodes, securityQuery } from '@/features/accounts/security-api';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';

/** How I sign in: what proves that it is me, and where I am signed in. */
export function Security() {
  const { t } = useTranslation('security');
  const { data: me } = useQuery(meQuery);
  const security = useQuery(securityQuery);
  const [codes, setCodes] = useState<string[]>([]);
  const show = () => void firstCodes().then(setCodes, () => undefined);
  return (
    <>
      <div className="whole">
        <h1>{t('title')}</h1>
        <p>
          <Link to="/me">{t('back')}</Link>
        </p>
      </div>
      <div className="member-column">
        {security.isPending && <Skeleton lines={6} />}
        {security.isError && <Trouble error={security.error} retry={() => void security.refetch()} />}
        {security.data && (
          <>
            <OwnPasskeys passkeys={security.data.passkeys} onAdded={show} />
            <OwnApp app={security.data.totp} onAdded={show} />
            <OwnCodes left={security.data.recovery_codes} shown={codes} onShown={setCodes} />
          </>
        )}
      </div>
      <div className="member-column">
        <OwnSessions />
        {security.data && <OwnPassword hasPassword={security.data.has_password} />}
        {me?.abilities.administer && <ResetFactors />}
      </div>
    </>
  );
}
