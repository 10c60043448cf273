import { vault } from '@/lib/vault';
import { unsentToServer } from '@/lib/vault-name';
import { csrfToken } from './client';
import { asProblem, Problem } from './problem';
import { sessionEnd } from './session';
import { vaultOrder } from './vault-order';

/** A write that waits on this device until the server has taken it. Its id is the Idempotency-Key: sent twice, it counts once. */
export interface Entry {
  id: string;
  /** Groups the entries of one thing, such as `report:{assignment}`: a newer one replaces an older. */
  subject: string;
  path: string;
  body: object;
  /** A picture that goes along in the body, in base64: apart, since it is nothing that one reads. */
  photo?: string;
  queuedAt: string;
  /** Why the server refused it; such an entry is kept and shown, and not sent again by itself. */
  refusal?: {
    code: string;
    detail: string;
    fields: Record<string, string[]>;
    /** All that the server said, such as what is there instead. */
    body?: Record<string, unknown>;
  };
}

type Listener = (entries: Entry[]) => void;
const listeners = new Set<Listener>();
export const PREFIX = 'outbox:';
let sending: Promise<void> | undefined;
let isAskedAgain = false;

async function tell(): Promise<void> {
  const entries = await outbox.entries();
  unsentToServer(entries.length > 0);
  listeners.forEach((listener) => {
    listener(entries);
  });
}

async function post(entry: Entry): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(new URL(entry.path, location.origin), {
      method: 'POST',
      credentials: 'same-origin',
      headers: {
        'Content-Type': 'application/json',
        'Accept-Language': document.documentElement.lang,
        'Idempotency-Key': entry.id,
        'X-CSRFToken': csrfToken(),
      },
      body: JSON.stringify(entry.photo ? { ...entry.body, photo: entry.photo } : entry.body),
    });
  } catch (error) {
    throw asProblem(error);
  }
  vaultOrder.read(response);
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (response.ok) return body;
  throw new Problem(response.status, body);
}

/** What was written on top of this one while it was on its way is written on top of what the server has now. */
async function follow(sent: Entry, answer: unknown): Promise<void> {
  const version = (answer as { report?: { version?: number } | null }).report?.version;
  const base = (entry: Entry) => (entry.body as { read_version?: number }).read_version;
  if (version === undefined || base(sent) === undefined) return;
  for (const next of await outbox.entries()) {
    if (next.subject !== sent.subject || next.refusal || base(next) !== base(sent)) continue;
    await vault.change(PREFIX + next.id, { ...next, body: { ...next.body, read_version: version } } satisfies Entry);
  }
}

/** Send one; say whether the round goes on. */
async function sendOne(entry: Entry): Promise<boolean> {
  try {
    const answer = await post(entry);
    await vault.delete(PREFIX + entry.id);
    await follow(entry, answer);
  } catch (error) {
    const problem = asProblem(error);
    if (problem.isSignedOut) sessionEnd.set(true);
    if (problem.isSignedOut || problem.isPassing) return false;
    const refusal = { code: problem.code, detail: problem.message, fields: problem.fields, body: problem.body };
    await vault.change(PREFIX + entry.id, { ...entry, refusal } satisfies Entry);
  }
  return true;
}

/** Each entry once, also those that are added meanwhile; one that was replaced or let go is not sent. */
async function round(): Promise<void> {
  const tried = new Set<string>();
  let next: Entry | undefined;
  do {
    isAskedAgain = false;
    next = (await outbox.entries()).find(({ id, refusal }) => !refusal && !tried.has(id));
    if (!next) continue;
    if (vaultOrder.isGiven()) return; // it is shown, and sent in nobody's name any more
    tried.add(next.id);
    if (!(await sendOne(next))) return;
  } while (next ?? isAskedAgain);
}

export const outbox = {
  async entries(): Promise<Entry[]> {
    const names = await vault.names(PREFIX);
    const entries = await Promise.all(names.map((name) => vault.get<Entry>(name)));
    return entries.filter((entry) => entry !== undefined).sort((a, b) => a.queuedAt.localeCompare(b.queuedAt));
  },

  async add(entry: Omit<Entry, 'id' | 'queuedAt' | 'refusal'>): Promise<void> {
    const older = (await outbox.entries()).filter(({ subject }) => subject === entry.subject);
    const id = crypto.randomUUID();
    await vault.replace(
      PREFIX + id,
      { ...entry, id, queuedAt: new Date().toISOString() } satisfies Entry,
      older.map((one) => PREFIX + one.id),
    );
    await tell();
  },

  async drop(id: string): Promise<void> {
    await vault.delete(PREFIX + id);
    await tell();
  },

  /** Send what waits, oldest first. What the server refuses stays with its reason; a lost network or session stops the round. */
  send(): Promise<void> {
    isAskedAgain = true;
    sending ??= round().finally(() => {
      sending = undefined;
      return tell();
    });
    return sending;
  },

  subscribe(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
