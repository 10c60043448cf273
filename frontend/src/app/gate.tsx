import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet } from 'react-router';
import { meQuery } from '@/entities/person/me';
import { DemoAccounts } from '@/features/accounts/demo-accounts';
import { SignIn } from '@/features/accounts/sign-in';
import { SignOut } from '@/features/accounts/sign-out';
import { vault } from '@/lib/vault';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { LanguageSwitch } from './language-switch';
import { LazySecondFactorGate } from './lazy-accounts';
import { Threshold } from './threshold';

/** Nobody passes without a session; the address stays, so that signing in leads where one was going. */
export function Gate() {
  const { t } = useTranslation('common');
  const queries = useQueryClient();
  const me = useQuery(meQuery);
  const isSignedIn = Boolean(me.data);
  useEffect(() => {
    if (isSignedIn) void vault.tellName({ isSignedIn }).catch(() => undefined);
  }, [isSignedIn]);
  if (me.data && !['to_set_up', 'to_prove'].includes(me.data.second_factor)) return <Outlet />;
  if (me.data) {
    return (
      <Threshold>
        <Suspense fallback={<Skeleton lines={4} />}>
          <LazySecondFactorGate standing={me.data.second_factor} onDone={() => void queries.invalidateQueries()} />
        </Suspense>
        <LanguageSwitch />
        <div>
          <SignOut />
        </div>
      </Threshold>
    );
  }
  return (
    <Threshold>
      {me.isPending ? (
        <Skeleton lines={3} />
      ) : me.isError ? (
        <Trouble error={me.error} retry={() => void me.refetch()} />
      ) : (
        <>
          <h1>{t('sign_in.title')}</h1>
          <SignIn onDone={() => void queries.invalidateQueries()} />
          <DemoAccounts onDone={() => void queries.invalidateQueries()} />
          <LanguageSwitch />
        </>
      )}
    </Threshold>
  );
}
