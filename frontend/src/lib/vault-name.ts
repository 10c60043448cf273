/** Cookies that go along with every request, a page's too, whether anybody is signed in or not (ADR 18). */
const NAME = 'maillage_vault';
const UNSENT = 'maillage_unsent';
const LONG = 60 * 60 * 24 * 400;

function write(name: string, value: string, seconds: number): void {
  const secure = location.protocol === 'https:' ? '; secure' : '';
  document.cookie = `${name}=${value}; path=/; max-age=${seconds}; samesite=lax${secure}`;
}

export function nameToServer(name: string): void {
  write(NAME, name, LONG);
}

/** Whether something waits to be sent: it is shown before the vault goes. */
export function unsentToServer(waits: boolean): void {
  write(UNSENT, waits ? '1' : '', waits ? LONG : 0);
}

export function forgetName(): void {
  write(NAME, '', 0);
  unsentToServer(false);
}
