/**
 * The browser's attempt to give to one fund, kept for all tabs of this origin: its key names it to the server, which answers
 * the same key with the same donation. So a double click, a reload, a lost answer and a second tab find the one that exists.
 * `mark` says what was asked: whoever asks something else makes another attempt.
 */
export interface Attempt {
  key: string;
  mark: string;
  /** Of the link that follows the donation, once the server answered. */
  token?: string;
  /** Of the attempt that it took the place of, where a bank may still let that one be paid: the server asks first. */
  before?: string;
}

const under = (fund: string) => `give:${fund}`;
const lastOf = (fund: string) => `given:${fund}`;

/** What a private window, which may refuse storage, keeps for this page alone. */
const held = new Map<string, unknown>();

function read<Kept>(name: string): Kept | null {
  try {
    return (held.get(name) ?? JSON.parse(localStorage.getItem(name) ?? 'null')) as Kept | null;
  } catch {
    return null;
  }
}

function write(name: string, kept: unknown): void {
  try {
    if (kept === null) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(kept));
    held.delete(name);
  } catch {
    held.set(name, kept);
  }
}

/** The attempt under way for a fund, whichever tab began it. */
export function attemptFor(fund: string): Attempt | null {
  return read<Attempt>(under(fund));
}

/** The attempt for what is asked: the one under way when it asks the same, else a new one. */
export function beginAttempt(fund: string, asked: unknown): Attempt {
  const mark = markOf(JSON.stringify(asked));
  const found = attemptFor(fund);
  if (found?.mark === mark) return found;
  return keepAttempt(fund, { key: newKey(), mark });
}

export function keepAttempt(fund: string, attempt: Attempt): Attempt {
  write(under(fund), attempt);
  return attempt;
}

export function dropAttempt(fund: string): void {
  write(under(fund), null);
}

/** It came through: the attempt is over, and the next one names it, so that the server can ask whether it is meant. */
export function finishAttempt(fund: string, token: string): void {
  dropAttempt(fund);
  write(lastOf(fund), token);
}

export function lastGiven(fund: string): string {
  return read<string>(lastOf(fund)) ?? '';
}

/** 32 letters nobody can guess. crypto.randomUUID wants a secure context, getRandomValues does not. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A short mark of what was asked (FNV-1a, twice), so that nothing of it is kept in the browser's store. */
function markOf(text: string): string {
  let [one, other] = [0x811c9dc5, 0x1b873593];
  for (let at = 0; at < text.length; at += 1) {
    one = Math.imul(one ^ text.charCodeAt(at), 0x01000193);
    other = Math.imul(other ^ text.charCodeAt(at), 0x85ebca6b);
  }
  return `${(one >>> 0).toString(36)}${(other >>> 0).toString(36)}`;
}
