import { lazy } from 'react';
import { loadCatalogue } from '@/i18n/i18n';

/** What few visits need is fetched when it is asked for, its texts with it. */
export const LazyProve = lazy(async () => {
  const [{ Prove }] = await Promise.all([import('@/features/accounts/prove'), loadCatalogue('security')]);
  return { default: Prove };
});
export const LazySayName = lazy(async () => {
  const [{ SayName }] = await Promise.all([import('@/features/people/say-name'), loadCatalogue('member')]);
  return { default: SayName };
});
export const LazySecondFactorGate = lazy(async () => {
  const [{ SecondFactorGate }] = await Promise.all([
    import('@/features/accounts/second-factor-gate'),
    loadCatalogue('security'),
  ]);
  return { default: SecondFactorGate };
});
