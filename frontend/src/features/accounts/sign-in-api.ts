import { csrfToken } from '@/api/client';
import { Problem } from '@/api/problem';

const BASE = '/api/v1/accounts/auth/browser/v1';

interface Answer {
  errors?: { message: string; param?: string }[];
  data?: { flows?: { id: string; is_pending?: boolean }[] };
}

/** allauth's own dialect: 401 with a pending flow is a step that went well. */
async function call(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
): Promise<{ status: number; answer: Answer }> {
  let response: Response;
  try {
    response = await fetch(new URL(BASE + path, location.origin), {
      method,
      credentials: 'same-origin',
      headers: {
        Accept: 'application/json',
        'Accept-Language': document.documentElement.lang,
        ...(body ? { 'Content-Type': 'application/json' } : {}),
        ...(method === 'GET' ? {} : { 'X-CSRFToken': csrfToken() }),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  } catch {
    throw new Problem(0, { code: 'network' });
  }
  const answer = (await response.json().catch(() => ({}))) as Answer;
  return { status: response.status, answer };
}

function refuse(status: number, answer: Answer): never {
  const [first] = answer.errors ?? [];
  const fields = first?.param ? { [first.param]: [first.message] } : {};
  throw new Problem(status, {
    code: status === 429 ? 'too_many' : status === 409 ? 'no_pending_code' : 'refused',
    detail: first?.message ?? '',
    fields,
  });
}

/** Ask for a code; the answer is the same whether the address is known or not. */
export async function requestCode(email: string): Promise<void> {
  if (!csrfToken()) await call('GET', '/auth/session');
  const { status, answer } = await call('POST', '/auth/code/request', { email });
  if (status !== 200 && status !== 401) refuse(status, answer);
}

/** Sign in with the code that came by mail. */
export async function confirmCode(code: string): Promise<void> {
  const { status, answer } = await call('POST', '/auth/code/confirm', { code });
  if (status !== 200) refuse(status, answer);
}

export async function signOut(): Promise<void> {
  await call('DELETE', '/auth/session');
}
