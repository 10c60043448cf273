/** An instant as `<input type="datetime-local">` holds it, in the reader's time zone, and back. */
export function toLocalInput(iso: string): string {
  if (!iso) return '';
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
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
