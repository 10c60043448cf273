import { Problem } from '@/api/problem';
import { ask } from './dialect';

/** Whether this browser makes and reads passkeys as the server writes them. */
export function hasPasskeys(): boolean {
  return typeof PublicKeyCredential !== 'undefined' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;
}

/** Let the device prove itself, as an address asks for it. */
export async function passkeyOf(path: string): Promise<object> {
  const { request_options } = await ask<{ request_options: { publicKey: PublicKeyCredentialRequestOptionsJSON } }>(
    'GET',
    path,
  );
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(request_options.publicKey);
  return written(await navigator.credentials.get({ publicKey }).catch(givenUp));
}

/** Let the device make a passkey that signs in by itself. */
export async function newPasskey(path: string): Promise<object> {
  const { creation_options } = await ask<{ creation_options: { publicKey: PublicKeyCredentialCreationOptionsJSON } }>(
    'GET',
    `${path}?passwordless`,
  );
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(creation_options.publicKey);
  return written(await navigator.credentials.create({ publicKey }).catch(givenUp));
}

function givenUp(): never {
  throw new Problem(0, { code: 'passkey_given_up' });
}

function written(credential: Credential | null): object {
  if (!(credential instanceof PublicKeyCredential)) return givenUp();
  return credential.toJSON() as object;
}
