/** Cents as one types them in euros, and back: "10", "12,50". */
export function inEuros(cents: number | null | undefined): string {
  return cents == null ? '' : (cents / 100).toFixed(cents % 100 ? 2 : 0).replace('.', ',');
}

/** NaN where it is no amount, so that it is refused and not lost. */
export function inCents(typed: string): number | null {
  const text = typed.replace(/[\s\u00a0€]/g, '').replace(',', '.');
  if (!text) return null;
  return /^\d+(\.\d{1,2})?$/.test(text) ? Math.round(Number(text) * 100) : NaN;
}

/** "10 20 50,5": several of them, parted by spaces or semicolons. */
export function listInCents(typed: string): number[] {
  return typed.split(/[\s;]+/).flatMap((part) => {
    const cents = inCents(part);
    return cents === null ? [] : [cents];
  });
}

export const listInEuros = (amounts: readonly number[] | undefined) => (amounts ?? []).map(inEuros).join(' ');
