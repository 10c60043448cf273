import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import { withProof } from '@/api/proof';
import { ask, call, refuse } from './dialect';
import { newPasskey, passkeyOf } from './passkeys';

const FACTORS = '/account/authenticators';

/** How I sign in. */
export const securityQuery = queryOptions({
  queryKey: ['accounts', 'security'],
  queryFn: () => read(client.GET('/api/v1/accounts/security/')),
});

/** Where I am signed in. */
export const sessionsQuery = queryOptions({
  queryKey: ['accounts', 'sessions'],
  queryFn: () => read(client.GET('/api/v1/accounts/sessions/')),
});

export function endSession(id: string) {
  return read(client.DELETE('/api/v1/accounts/sessions/{id}/', { params: { path: { id } } }));
}

export function endOtherSessions() {
  return read(client.DELETE('/api/v1/accounts/sessions/'));
}

export function choosePassword(password: string) {
  return withProof(() => read(client.PUT('/api/v1/accounts/security/password/', { body: { password } })));
}

export function removePassword() {
  return withProof(() => read(client.DELETE('/api/v1/accounts/security/password/')));
}

export interface NewApp {
  secret: string;
  totp_svg: string;
}

/** The key of an authenticator app to be, as text and as a picture; another one each time. */
export function newApp(): Promise<NewApp> {
  return withProof(async () => {
    const { status, answer } = await call('GET', `${FACTORS}/totp`);
    // allauth says 404 with the key where there is no app yet.
    if (status !== 404) refuse(status, answer);
    return answer.meta as unknown as NewApp;
  });
}

export function activateApp(code: string) {
  return withProof(() => ask('POST', `${FACTORS}/totp`, { code }));
}

export function removeApp() {
  return withProof(() => ask('DELETE', `${FACTORS}/totp`));
}

export function addPasskey(name: string) {
  return withProof(async () => {
    const credential = await newPasskey(`${FACTORS}/webauthn`);
    return ask('POST', `${FACTORS}/webauthn`, { name, credential });
  });
}

export function removePasskey(id: number) {
  return withProof(() => ask('DELETE', `${FACTORS}/webauthn`, { authenticators: [id] }));
}

interface Codes {
  unused_codes?: string[];
}

/** The recovery codes that came with the first factor; they are shown once, then empty. */
export function firstCodes(): Promise<string[]> {
  return withProof(async () => (await ask<Codes>('GET', `${FACTORS}/recovery-codes`)).unused_codes ?? []);
}

/** Ten others; the former ones work no more. */
export function newCodes(): Promise<string[]> {
  return withProof(async () => (await ask<Codes>('POST', `${FACTORS}/recovery-codes`, {})).unused_codes ?? []);
}

/** Take the factors of somebody who lost them away; for administrators. */
export function resetFactors(email: string) {
  return withProof(() => read(client.POST('/api/v1/accounts/factors/reset/', { body: { email } })));
}

export function sendProofCode() {
  return read(client.POST('/api/v1/accounts/step-up/code/'));
}

export function proveByCode(code: string) {
  return read(client.POST('/api/v1/accounts/step-up/', { body: { code } }));
}

export function proveByPassword(password: string) {
  return read(client.POST('/api/v1/accounts/step-up/', { body: { password } }));
}

export function proveByApp(code: string) {
  return ask('POST', '/auth/2fa/reauthenticate', { code });
}

export async function proveByPasskey() {
  return ask('POST', '/auth/webauthn/reauthenticate', { credential: await passkeyOf('/auth/webauthn/reauthenticate') });
}
