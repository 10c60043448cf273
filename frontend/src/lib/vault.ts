import { forgetName, nameToServer } from './vault-name';

/**
 * A small encrypted store on this device, for what a person typed and could not send yet.
 * The key cannot be read out of the browser and dies with `clear()`: what it locked is then lost for good.
 * It bears a name drawn at random, by which the server says whether it may be kept (ADR 18).
 */
const DATABASE = 'maillage';
const KEY = 'key';
const NAME = 'name';

interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('keys');
      request.result.createObjectStore('entries');
    };
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('indexedDB'));
    };
  });
}

async function run<T>(
  store: 'keys' | 'entries',
  mode: IDBTransactionMode,
  act: (rows: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const request = act(database.transaction(store, mode).objectStore(store));
      request.onsuccess = () => {
        resolve(request.result);
      };
      request.onerror = () => {
        reject(request.error ?? new Error('indexedDB'));
      };
    });
  } finally {
    database.close();
  }
}

/** Several changes or none, on the disk before it resolves: a browser that dies in between has done nothing. */
async function atOnce(act: (keys: IDBObjectStore, entries: IDBObjectStore) => void): Promise<void> {
  const database = await open();
  try {
    await new Promise<void>((resolve, reject) => {
      const change = database.transaction(['keys', 'entries'], 'readwrite', { durability: 'strict' });
      change.oncomplete = () => {
        resolve();
      };
      change.onabort = () => {
        reject(change.error ?? new Error('indexedDB'));
      };
      act(change.objectStore('keys'), change.objectStore('entries'));
    });
  } finally {
    database.close();
  }
}

function knownName(): Promise<string | undefined> {
  return run<string | undefined>('keys', 'readonly', (rows) => rows.get(NAME) as IDBRequest<string | undefined>);
}

/** The name of this vault, drawn when it has none. */
async function name(): Promise<string> {
  const known = await knownName();
  if (known) return known;
  const drawn = [...crypto.getRandomValues(new Uint8Array(32))].map((byte) => byte.toString(16).padStart(2, '0'));
  await run('keys', 'readwrite', (rows) => rows.add(drawn.join(''), NAME)).catch(() => undefined);
  return (await knownName()) ?? '';
}

async function key(): Promise<CryptoKey> {
  const known = await run<CryptoKey | undefined>(
    'keys',
    'readonly',
    (rows) => rows.get(KEY) as IDBRequest<CryptoKey | undefined>,
  );
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  try {
    await run('keys', 'readwrite', (rows) => rows.add(made, KEY));
    return made;
  } catch {
    // Another tab was faster: what it locks must open here too.
    return run<CryptoKey>('keys', 'readonly', (rows) => rows.get(KEY) as IDBRequest<CryptoKey>);
  }
}

async function seal(text: string): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return {
    iv,
    data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await key(), new TextEncoder().encode(text)),
  };
}

let turn: Promise<unknown> = Promise.resolve();

/** One after the other: the last letter typed is the last one written, and a reading sees what was written before it. */
function inTurn<T>(act: () => Promise<T>): Promise<T> {
  const done = turn.then(act);
  turn = done.catch(() => undefined);
  return done;
}

export const vault = {
  put(name: string, value: unknown): Promise<void> {
    const text = JSON.stringify(value);
    return inTurn(async () => {
      const sealed = await seal(text);
      await run('entries', 'readwrite', (rows) => rows.put(sealed, name));
    });
  },

  /** Keep a value and forget others, at once: when the disk is full, what was kept before stays. */
  replace(name: string, value: unknown, others: string[]): Promise<void> {
    const text = JSON.stringify(value);
    return inTurn(async () => {
      const sealed = await seal(text);
      await atOnce((_keys, entries) => {
        entries.put(sealed, name);
        for (const other of others) entries.delete(other);
      });
    });
  },

  /** Keep a value under a name that is still there; one that was forgotten meanwhile stays forgotten. */
  change(name: string, value: unknown): Promise<void> {
    const text = JSON.stringify(value);
    return inTurn(async () => {
      const sealed = await seal(text);
      await atOnce((_keys, entries) => {
        const there = entries.getKey(name);
        there.onsuccess = () => {
          if (there.result !== undefined) entries.put(sealed, name);
        };
      });
    });
  },

  get<T>(name: string): Promise<T | undefined> {
    return inTurn(async () => {
      const sealed = await run<Sealed | undefined>(
        'entries',
        'readonly',
        (rows) => rows.get(name) as IDBRequest<Sealed | undefined>,
      );
      if (!sealed) return undefined;
      const data = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv }, await key(), sealed.data);
      return JSON.parse(new TextDecoder().decode(data)) as T;
    });
  },

  names(prefix: string): Promise<string[]> {
    return inTurn(async () => {
      const names = await run('entries', 'readonly', (rows) => rows.getAllKeys());
      return names.map(String).filter((name) => name.startsWith(prefix));
    });
  },

  delete(name: string): Promise<void> {
    return inTurn(async () => {
      await run('entries', 'readwrite', (rows) => rows.delete(name));
    });
  },

  /** Forget all but what bears this prefix, at once. */
  keepOnly(prefix: string): Promise<void> {
    return inTurn(() =>
      atOnce((_keys, entries) => {
        const names = entries.getAllKeys();
        names.onsuccess = () => {
          for (const one of names.result) if (!String(one).startsWith(prefix)) entries.delete(one);
        };
      }),
    );
  },

  /** Tell the server the name of this vault with each request from now on; draw one for who is signed in. */
  async tellName({ isSignedIn }: { isSignedIn: boolean }): Promise<void> {
    const told = await inTurn(() => (isSignedIn ? name() : knownName()));
    if (told) nameToServer(told);
  },

  /** Forget everything at once: the key, the name and what they locked. */
  clear(): Promise<void> {
    return inTurn(async () => {
      await atOnce((keys, entries) => {
        keys.clear();
        entries.clear();
      });
      forgetName();
    });
  },
};
