import { useEffect } from 'react';

/** Keep the screen from going dark while this is shown, where the browser can: asked again when the page comes back to the front. */
export function useAwake(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    let isOver = false;
    async function ask() {
      if (document.hidden || !('wakeLock' in navigator)) return;
      // Refused on a low battery, for one: the screen then darkens as it always does.
      const found = await navigator.wakeLock.request('screen').catch(() => undefined);
      if (isOver) await found?.release();
      else lock = found;
    }
    const again = () => void ask();
    again();
    document.addEventListener('visibilitychange', again);
    return () => {
      isOver = true;
      document.removeEventListener('visibilitychange', again);
      void lock?.release();
    };
  }, []);
}
