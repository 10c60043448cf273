import type { DonationOut } from '@/api/schema';

/** What the server refused, in its own words: `fields` by name. */
export interface Problem {
  status: number;
  code: string;
  detail: string;
  fields: Record<string, string[]>;
  /** Cents that the law still allows, to whom it may be told. */
  remaining?: number;
}

/** It answered, it refused, or nobody knows: the network or the server did not answer in time. */
export type Heard<Body> = { is: 'done'; body: Body } | { is: 'problem'; problem: Problem } | { is: 'lost' };
export type Answer = { is: 'donation'; donation: DonationOut } | { is: 'problem'; problem: Problem } | { is: 'lost' };

const PATIENCE_MS = 30_000;
/** Why the server takes nothing for now, by its code: it is known that nothing was taken, and its words say what to do. */
const SAID = ['no_account', 'new_cards_closed'];

/** Post to the giving API. */
export async function post(address: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answer> {
  return asDonation(await ask<DonationOut>(address, body, headers));
}

/** See where a donation stands, as the server knows it. */
export async function look(address: string): Promise<Answer> {
  return asDonation(await hear<DonationOut>(address, {}));
}

/** Post a question whose answer is no donation. */
export function ask<Body>(address: string, body: unknown, headers: Record<string, string> = {}): Promise<Heard<Body>> {
  return hear<Body>(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

const asDonation = (heard: Heard<DonationOut>): Answer =>
  heard.is === 'done' ? { is: 'donation', donation: heard.body } : heard;

/** No cookie goes with a question (decision 16). */
async function hear<Body>(address: string, request: RequestInit): Promise<Heard<Body>> {
  try {
    const answer = await fetch(address, {
      ...request,
      credentials: 'omit',
      headers: { Accept: 'application/json', 'Accept-Language': document.documentElement.lang, ...request.headers },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const said: unknown = answer.status === 204 ? null : await answer.json();
    if (answer.ok) return { is: 'done', body: said as Body };
    const { code = '', detail = '', fields = {}, remaining } = said as Partial<Problem>;
    if (answer.status >= 500 && !SAID.includes(code)) return { is: 'lost' };
    const problem: Problem = { status: answer.status, code, detail, fields };
    if (remaining !== undefined) problem.remaining = remaining;
    return { is: 'problem', problem };
  } catch {
    return { is: 'lost' };
  }
}
