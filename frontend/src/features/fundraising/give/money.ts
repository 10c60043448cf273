/** Why a text is no amount: the key of the sentence that says it. */
export type WrongAmount = 'no_number' | 'not_positive' | 'cents' | 'huge';
export type TypedAmount = { cents: number } | { wrong: WrongAmount };

const SPACES_AND_SIGNS = /[\s\u00a0\u202f'’_€]|eur(os?)?$/giu;

/**
 * Read an amount as people type it, exactly and without floating point: "12,50", "12.50", "1 000", "1,000" in English, "€5".
 * What may be read in two ways is asked again rather than guessed.
 */
export function typedAmount(text: string, language: string): TypedAmount {
  const bare = text.trim().replace(SPACES_AND_SIGNS, '');
  const isNegative = /^[-−–]/u.test(bare);
  const parts = parted(bare.replace(/^[-−–+]/u, ''), language);
  if (!parts) return { wrong: 'no_number' };
  if (isNegative) return { wrong: 'not_positive' };
  if (parts.fraction.length > 2) return { wrong: 'cents' };
  if (parts.whole.replace(/^0+/, '').length > 9) return { wrong: 'huge' };
  const cents = Number(parts.whole || '0') * 100 + Number(parts.fraction.padEnd(2, '0'));
  return cents > 0 ? { cents } : { wrong: 'not_positive' };
}

function parted(text: string, language: string): { whole: string; fraction: string } | null {
  if (!/^[\d.,]*\d[\d.,]*$/.test(text)) return null;
  const last = Math.max(text.lastIndexOf(','), text.lastIndexOf('.'));
  if (last < 0) return { whole: text, fraction: '' };
  const mark = text[last] ?? '';
  const isOnce = text.indexOf(mark) === last;
  const groups = language === 'en' && mark === ',' && /^\d{1,3},\d{3}$/.test(text);
  if (!isOnce || groups) return grouped(text, mark) ? { whole: text.replaceAll(mark, ''), fraction: '' } : null;
  const other = mark === ',' ? '.' : ',';
  const before = text.slice(0, last);
  if (before.includes(other) && !grouped(before, other)) return null;
  return { whole: before.replaceAll(other, ''), fraction: text.slice(last + 1) };
}

function grouped(text: string, mark: string): boolean {
  const [first = '', ...rest] = text.split(mark);
  return /^\d{1,3}$/.test(first) && rest.every((part) => /^\d{3}$/.test(part));
}

/** Say an amount of cents in the page's language: "12,50 €", "€12.50"; whole amounts without cents. */
export function money(cents: number, currency: string): string {
  return new Intl.NumberFormat(document.documentElement.lang || 'fr', {
    style: 'currency',
    currency: currency.toUpperCase(),
    minimumFractionDigits: cents % 100 ? 2 : 0,
  }).format(cents / 100);
}

/** Percents of what is given in a year, each up to so many cents (the last without end), and what a household may count at most. */
export interface Tax {
  bands: [percent: number, upTo: number | null][];
  household: number | null;
}

/** What is left to bear of an amount of cents, rounded half up to the cent: as the server's `domain/cost.py` has it. */
export function costAfterTax(cents: number, tax: Tax): number {
  const counted = tax.household === null ? cents : Math.min(cents, tax.household);
  let hundredths = 0;
  let start = 0;
  for (const [percent, upTo] of tax.bands) {
    const end = upTo === null ? counted : Math.min(counted, upTo);
    hundredths += Math.max(end - start, 0) * percent;
    start = end;
  }
  return cents - Math.floor((hundredths + 50) / 100);
}
