import createClient, { type Middleware } from 'openapi-fetch';
import { Problem } from './problem';
import type { paths } from './schema';
import { sessionEnd } from './session';
import { vaultOrder } from './vault-order';

/** The token that Django asks of unsafe requests; its cookie is `__Host-` on a real installation. */
export function csrfToken(): string {
  const match = /(?:^|; )(?:__Host-)?maillage_csrf=([^;]+)/.exec(document.cookie);
  return match?.[1] ?? '';
}

const ours: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', document.documentElement.lang || 'fr');
    if (!['GET', 'HEAD'].includes(request.method)) request.headers.set('X-CSRFToken', csrfToken());
    return request;
  },
  onResponse({ response }) {
    vaultOrder.read(response);
    return undefined;
  },
};

export const client = createClient<paths>({
  baseUrl: location.origin,
  credentials: 'same-origin',
  // Looked up at each call, so that a test's network is heard.
  fetch: (request) => globalThis.fetch(request),
});
client.use(ours);

interface Answer<T> {
  data?: T | undefined;
  error?: unknown;
  response: Response;
}

/** The body of a success; anything else is thrown as a Problem, a lost network too. */
export async function read<T>(call: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch {
    throw new Problem(0, { code: 'network' });
  }
  if (answer.response.ok) return answer.data as T;
  const problem = new Problem(answer.response.status, asBody(answer.error));
  // Asking who I am is how an anonymous visit begins; anywhere else it means that the session is over.
  if (problem.isSignedOut && !answer.response.url.includes('/accounts/')) sessionEnd.set(true);
  throw problem;
}

function asBody(error: unknown): Record<string, unknown> {
  return typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {};
}
