import { useEffect } from 'react';

interface Options {
  keys: readonly string[];
  current: string | null;
  onMove: (key: string) => void;
  /** Enter, when the focus is on nothing that has its own Enter. */
  onOpen?: (key: string) => void;
}

/** J and K walk through the rows of the page's list, Enter opens; typing in a field stays typing. */
export function useRowKeys({ keys, current, onMove, onOpen }: Options): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (target.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="alertdialog"]')) return;
      const index = current === null ? -1 : keys.indexOf(current);
      if (event.key === 'j' || event.key === 'k') {
        const next = keys[Math.min(keys.length - 1, Math.max(0, index + (event.key === 'j' ? 1 : -1)))];
        if (next !== undefined) {
          event.preventDefault();
          onMove(next);
          document.querySelector(`[data-row="${CSS.escape(next)}"]`)?.scrollIntoView?.({ block: 'nearest' });
        }
      } else if (
        event.key === 'Enter' &&
        onOpen &&
        current !== null &&
        !target.closest('button, a, summary, [role="button"]')
      ) {
        event.preventDefault();
        onOpen(current);
      }
    }
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
    };
  }, [keys, current, onMove, onOpen]);
}
