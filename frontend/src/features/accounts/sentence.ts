import type { TFunction } from 'i18next';
import { asProblem } from '@/api/problem';

/** What to say under a field of signing in when it was refused. */
export function sentence(t: TFunction<'common'>, error: unknown): string | undefined {
  if (!error) return undefined;
  const problem = asProblem(error);
  if (problem.code === 'network') return t('common:trouble.network');
  if (problem.code === 'too_many') return t('common:sign_in.too_many');
  if (problem.code === 'no_pending_code') return t('common:sign_in.expired');
  if (problem.code === 'passkey_given_up') return t('common:sign_in.passkey_given_up');
  return Object.values(problem.fields)[0]?.[0] ?? (problem.message || t('common:trouble.unknown'));
}
