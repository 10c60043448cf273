import { useEffect, useState } from 'react';
import { type Entry, outbox } from './outbox';

/** What waits to be sent; tries again when the network returns and every half minute. */
export function useOutbox(): Entry[] {
  const [entries, setEntries] = useState<Entry[]>([]);
  useEffect(() => {
    const send = () => void outbox.send().catch(() => undefined);
    const stop = outbox.subscribe(setEntries);
    outbox.entries().then(setEntries, () => undefined);
    send();
    addEventListener('online', send);
    const timer = setInterval(send, 30_000);
    return () => {
      stop();
      removeEventListener('online', send);
      clearInterval(timer);
    };
  }, []);
  return entries;
}
