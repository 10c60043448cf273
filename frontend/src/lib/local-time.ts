/** An instant as `<input type="datetime-local">` holds it, in the reader's time zone, and back. */
export function toLocalInput(iso: string): string {
  if (!iso) return '';
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** What the clocks of a time zone show at an instant, as `<input type="datetime-local">` holds it; formats say it as it stands. */
export function wallClock(iso: string, zone: string): string {
  const written = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return written.format(new Date(iso)).replace(' ', 'T');
}

/** The town after which a time zone is called: "Paris", "Saint Denis". */
export function townOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** Today where the reader is, or so many days from it, as `<input type="date">` holds it. */
export function localDay(days = 0): string {
  const then = new Date();
  then.setDate(then.getDate() + days);
  return toLocalInput(then.toISOString()).slice(0, 10);
}

export function fromLocalInput(value: string): string {
  return value ? new Date(value).toISOString() : '';
}
