import { csrfToken } from '@/api/client';
import { Problem } from '@/api/problem';

const BASE = '/api/v1/accounts/auth/browser/v1';

export interface Answer {
  errors?: { message: string; code?: string; param?: string }[];
  data?: unknown;
  meta?: Record<string, unknown>;
}

/** allauth's own dialect: 401 with a pending flow is a step that went well. What is not its own is a problem like all others. */
export async function call(
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
  if (response.headers.get('Content-Type')?.startsWith('application/problem+json')) {
    throw new Problem(response.status, answer as Record<string, unknown>);
  }
  return { status: response.status, answer };
}

export function refuse(status: number, answer: Answer): never {
  const [first] = answer.errors ?? [];
  const fields = first?.param ? { [first.param]: [first.message] } : {};
  const isTooMany = status === 429 || first?.code === 'too_many_login_attempts' || first?.code === 'rate_limited';
  throw new Problem(status, {
    code: isTooMany ? 'too_many' : status === 409 ? 'no_pending_code' : 'refused',
    detail: first?.message ?? '',
    fields,
  });
}

/** Ask, and take nothing but a success. */
export async function ask<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<T> {
  const { status, answer } = await call(method, path, body);
  if (status !== 200) refuse(status, answer);
  return answer.data as T;
}
