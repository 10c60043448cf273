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

export const outbox = {
  async entries(): Promise<Entry[]> {
    const names = await vault.names(PREFIX);
    const entries = await Promise.all(names.map((name) => vault.get<Entry>(name)));
    return entries.filter((entry) => entry !== undefined).sort((a, b) => a.queuedAt.localeCompare(b.queuedAt));
  },

  async add(entry: Omit<Entry, 'id' | 'queuedAt' | 'refusal'>): Promise<void> {
    for (const older of await outbox.entries()) {
      if (older.subject === entry.subject) await vault.delete(PREFIX + older.id);
    }
    const id = crypto.randomUUID();
    await vault.put(PREFIX + id, { ...entry, id, queuedAt: new Date().toISOString() } satisfies Entry);
    await tell();
  },

  async drop(id: string): Promise<void> {
    await vault.delete(PREFIX + id);
    await tell();
  },

  /** Send what waits, oldest first. What the server refuses stays with its reason; a lost network or session stops the round. */
  send(): Promise<void> {
    sending ??= (async () => {
      for (const entry of await outbox.entries()) {
        if (entry.refusal) continue;
        if (vaultOrder.isGiven()) break; // it is shown, and sent in nobody's name any more
        try {
          await post(entry);
          await vault.delete(PREFIX + entry.id);
        } catch (error) {
          const problem = asProblem(error);
          if (problem.isSignedOut) sessionEnd.set(true);
          if (problem.isSignedOut || problem.isPassing) break;
          const refusal = { code: problem.code, detail: problem.message, fields: problem.fields, body: problem.body };
          await vault.put(PREFIX + entry.id, { ...entry, refusal } satisfies Entry);
        }
      }
    })().finally(() => {
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
