import { useEffect } from 'react';

interface Options {
  keys: readonly string[];
  current: string | null;
  onMove: ((key: string) => void) | undefined;
  /** Enter, when the focus is on nothing that has its own Enter. */
  onOpen?: ((key: string) => void) | undefined;
}

/** J and K walk through the rows of the page's list, Enter opens; typing in a field stays typing. */
export function useRowKeys({ keys, current, onMove, onOpen }: Options): void {
  const isListed = current !== null && keys.includes(current);
  useEffect(() => {
    // Chosen on the map or by key: its row comes into sight, inside its own scrolling box only.
    if (!isListed || current === null) return;
    const row = document.querySelector<HTMLElement>(`[data-row="${current.replace(/["\\]/g, '')}"]`);
    const box = row?.closest<HTMLElement>('.table-scroll');
    if (!row || !box) return;
    const top = row.offsetTop - (box.querySelector('thead')?.offsetHeight ?? 0);
    if (top < box.scrollTop) box.scrollTop = top;
    else if (row.offsetTop + row.offsetHeight > box.scrollTop + box.clientHeight)
      box.scrollTop = row.offsetTop + row.offsetHeight - box.clientHeight;
  }, [current, isListed]);

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
          onMove?.(next);
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
