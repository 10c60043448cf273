/** The smallest round amount in cents that is at least this, and parts into three or four steps. */
export function topAmount(cents: number): number {
  if (cents <= 0) return 300;
  const power = 10 ** Math.floor(Math.log10(cents));
  const top = [1, 2, 3, 4, 6, 8, 10].find((step) => step * power >= cents) ?? 10;
  return top * power;
}

/** Days from one to another, both included: `2026-11-29`. */
export function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

/** In which fifth of rising values a value lies, 1 to 5: equal values lie in the same. */
export function fifthOf(value: number, rising: readonly number[]): 1 | 2 | 3 | 4 | 5 {
  const below = rising.filter((other) => other < value).length;
  return Math.min(5, Math.floor((5 * below) / Math.max(rising.length, 1)) + 1) as 1 | 2 | 3 | 4 | 5;
}
