import type { DonationOut } from '@/api/schema';

/** What the server refused, in its own words: `fields` by name. */
export interface Problem {
  status: number;
  code: string;
  detail: string;
  fields: Record<string, string[]>;
}

/** It answered, it refused, or nobody knows: the network or the server did not answer in time. */
export type Answer = { is: 'donation'; donation: DonationOut } | { is: 'problem'; problem: Problem } | { is: 'lost' };

const PATIENCE_MS = 30_000;

/** Post to the giving API. */
export function post(address: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answer> {
  return ask(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

/** See where a donation stands, as the server knows it. */
export function look(address: string): Promise<Answer> {
  return ask(address, {});
}

/** No cookie goes with a question (decision 16). */
async function ask(address: string, request: RequestInit): Promise<Answer> {
  try {
    const answer = await fetch(address, {
      ...request,
      credentials: 'omit',
      headers: { Accept: 'application/json', 'Accept-Language': document.documentElement.lang, ...request.headers },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const said: unknown = await answer.json();
    if (answer.ok) return { is: 'donation', donation: said as DonationOut };
    const { code = '', detail = '', fields = {} } = said as Partial<Problem>;
    if (answer.status >= 500 && code !== 'no_account') return { is: 'lost' };
    return { is: 'problem', problem: { status: answer.status, code, detail, fields } };
  } catch {
    return { is: 'lost' };
  }
}
