import { useCallback, useEffect, useRef, useState } from 'react';
import { vault } from './vault';

/**
 * What a person is typing, kept on this device through a reload, a lost network and an ended session.
 * `forget` when it has been sent. Where the device cannot keep it (private windows), it lives as long as the page.
 */
export function useDraft<T extends object>(name: string, blank: T) {
  const [draft, setDraft] = useState<T>(blank);
  const [isLoaded, setLoaded] = useState(false);
  const [isRestored, setRestored] = useState(false);
  const touched = useRef(false);
  const latest = useRef(blank);

  useEffect(() => {
    let current = true;
    touched.current = false;
    vault
      .get<T>(`draft:${name}`)
      .then((kept) => {
        if (current && kept && !touched.current) {
          latest.current = kept;
          setDraft(kept);
          setRestored(true);
        }
      })
      .catch(() => undefined)
      .finally(() => {
        if (current) setLoaded(true);
      });
    return () => {
      current = false;
    };
  }, [name]);

  const change = useCallback(
    (part: Partial<T>) => {
      touched.current = true;
      latest.current = { ...latest.current, ...part };
      setDraft(latest.current);
      vault.put(`draft:${name}`, latest.current).catch(() => undefined);
    },
    [name],
  );

  const forget = useCallback(() => {
    touched.current = false;
    setRestored(false);
    return vault.delete(`draft:${name}`).catch(() => undefined);
  }, [name]);

  return { draft, change, forget, isLoaded, isRestored };
}
