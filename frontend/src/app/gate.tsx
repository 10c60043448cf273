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
import { LazySayName, LazySecondFactorGate } from './lazy-accounts';
import { Threshold } from './threshold';

/** Nobody passes without a session, nor with a role and no name; the address stays, so that signing in leads where one was going. */
export function Gate() {
  const { t } = useTranslation('common');
  const queries = useQueryClient();
  const me = useQuery(meQuery);
  const isSignedIn = Boolean(me.data);
  useEffect(() => {
    if (isSignedIn) void vault.tellName({ isSignedIn }).catch(() => undefined);
  }, [isSignedIn]);
  const mustProve = me.data && ['to_set_up', 'to_prove'].includes(me.data.second_factor);
  const isUnnamed = me.data && !me.data.person && me.data.grants.length > 0;
  if (me.data && !mustProve && !isUnnamed) return <Outlet />;
  if (me.data) {
    return (
      <Threshold>
        <Suspense fallback={<Skeleton lines={4} />}>
          {mustProve ? (
            <LazySecondFactorGate standing={me.data.second_factor} onDone={() => void queries.invalidateQueries()} />
          ) : (
            <LazySayName onDone={() => void queries.invalidateQueries()} />
          )}
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
