import { csrfToken } from '@/api/client';
import { type Answer, ask, call, refuse } from './dialect';
import { passkeyOf } from './passkeys';

/** Signed in, or a second factor to prove first. */
export type Step = 'done' | 'factor';

interface Flows {
  flows?: { id: string; is_pending?: boolean }[];
}

function stepOf(status: number, answer: Answer): Step {
  if (status === 200) return 'done';
  const { flows = [] } = (answer.data ?? {}) as Flows;
  if (status === 401 && flows.some((flow) => flow.id === 'mfa_authenticate' && flow.is_pending)) return 'factor';
  return refuse(status, answer);
}

/** The cookie without which Django takes no form. */
async function begin(): Promise<void> {
  if (!csrfToken()) await call('GET', '/auth/session');
}

/** Ask for a code; the answer is the same whether the address is known or not. */
export async function requestCode(email: string): Promise<void> {
  await begin();
  const { status, answer } = await call('POST', '/auth/code/request', { email });
  if (status !== 200 && status !== 401) refuse(status, answer);
}

/** Sign in with the code that came by mail. */
export async function confirmCode(code: string): Promise<Step> {
  const { status, answer } = await call('POST', '/auth/code/confirm', { code });
  return stepOf(status, answer);
}

export async function signInByPassword(given: { email: string; password: string }): Promise<Step> {
  await begin();
  const { status, answer } = await call('POST', '/auth/login', given);
  return stepOf(status, answer);
}

/** Sign in with a passkey alone: the device unlocks it, which is both factors at once. */
export async function signInByPasskey(): Promise<Step> {
  await begin();
  const credential = await passkeyOf('/auth/webauthn/login');
  const { status, answer } = await call('POST', '/auth/webauthn/login', { credential });
  return stepOf(status, answer);
}

/** The second step: what the app shows, or a recovery code. */
export async function proveFactor(code: string): Promise<void> {
  await ask('POST', '/auth/2fa/authenticate', { code });
}

/** The second step, with a passkey. */
export async function proveFactorByPasskey(): Promise<void> {
  const credential = await passkeyOf('/auth/webauthn/authenticate');
  await ask('POST', '/auth/webauthn/authenticate', { credential });
}

export async function signOut(): Promise<void> {
  await call('DELETE', '/auth/session');
}
