import { useSyncExternalStore } from 'react';
import { vault } from '@/lib/vault';
import { asProblem, Problem } from './problem';

/** An answer of the server that is read without network too, locked in the vault, until its day. */
interface Kept<T> {
  data: T;
  /** When the server said it. */
  at: string;
  until: string;
  /** Of which build the application was that kept it: another one may expect another shape. */
  build: string;
}

export interface ToKeep {
  name: string;
  /** Undefined: not known yet; what is kept under this name stays. */
  data: unknown;
}

const PREFIX = 'kept:';
/** One bar at the edge of a village looks like a network and answers nothing. */
const PATIENCE = 8_000;
const AGAIN = 30_000;

type Listener = () => void;
const listeners = new Set<Listener>();
const shown = new Map<string, string>();

function show(name: string, at?: string): void {
  if (shown.get(name) === at) return;
  if (at) shown.set(name, at);
  else shown.delete(name);
  listeners.forEach((tell) => {
    tell();
  });
}

/** The entry of the application: its name changes with anything that it is made of. */
const build = () => document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.src ?? '';

async function find<T>(name: string): Promise<Kept<T> | undefined> {
  const found = await vault.get<Kept<T>>(PREFIX + name).catch(() => undefined);
  if (!found || (found.build === build() && found.until > new Date().toISOString())) return found;
  await vault.delete(PREFIX + name);
  return undefined;
}

async function inTime<T>(asked: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Problem(0, { code: 'network' }));
    }, PATIENCE);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}

export const kept = {
  /** What the server says; without it, what is kept under a name, of which `pick` takes its part. */
  async or<T, Whole = T>(
    name: string,
    ask: () => Promise<T>,
    pick: (whole: Whole) => T | undefined = (whole) => whole as unknown as T,
  ): Promise<T> {
    const asked = ask();
    try {
      const said = await inTime(asked);
      show(name);
      return said;
    } catch (error) {
      const found = asProblem(error).isPassing ? await find<Whole>(name) : undefined;
      const part = found && pick(found.data);
      if (!found || part === undefined) {
        show(name);
        return asked;
      }
      asked.catch(() => undefined);
      show(name, found.at);
      return part;
    }
  },

  /** Keep these until an instant, and nothing else; what is itself shown from the vault stays as it is. */
  async only(all: readonly ToKeep[], until: string): Promise<void> {
    const at = new Date().toISOString();
    for (const { name, data } of all) {
      if (data !== undefined && !shown.has(name))
        await vault.put(PREFIX + name, { data, at, until, build: build() } satisfies Kept<unknown>);
    }
    const names = new Set(all.map(({ name }) => PREFIX + name));
    for (const name of await vault.names(PREFIX)) if (!names.has(name)) await vault.delete(name);
  },

  /** How a query that is kept is asked: without network too, and again as long as what it shows is not of now. */
  asking: (name: string) => ({
    networkMode: 'offlineFirst' as const,
    refetchOnReconnect: 'always' as const,
    refetchInterval: () => (shown.has(name) ? AGAIN : (false as const)),
  }),
};

function subscribe(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** When the server said what is shown under this name, where it is not of now. */
export function useKeptAt(name: string): string | undefined {
  return useSyncExternalStore(subscribe, () => shown.get(name));
}
