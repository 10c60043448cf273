import { useCallback, useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router';

/** The filters of a list, kept in the address: what can be shared is in the URL. An empty value leaves it. */
export function useFilters() {
  const [params, setParams] = useSearchParams();
  const get = useCallback((name: string) => params.get(name) ?? '', [params]);
  // The router gives another setter whenever the address changes; rows that are given this one are not drawn again for that.
  const latest = useRef(setParams);
  useEffect(() => {
    latest.current = setParams;
  });
  const set = useCallback((changes: Record<string, string | null>) => {
    latest.current(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value) after.set(name, value);
          else after.delete(name);
        }
        return after;
      },
      { replace: true, preventScrollReset: true },
    );
  }, []);
  /** Set a filter, or take it away when it has this value already. */
  const toggle = useCallback(
    (name: string, value: string) => {
      set({ [name]: params.get(name) === value ? null : value });
    },
    [params, set],
  );
  return { get, set, toggle };
}
