const language = () => document.documentElement.lang || 'fr';

/** A day without an hour is the same everywhere; an instant has the reader's clock. */
const clockOf = (iso: string): Intl.DateTimeFormatOptions => (iso.length === 10 ? { timeZone: 'UTC' } : {});

export function number(value: number): string {
  return new Intl.NumberFormat(language()).format(value);
}

/** "7 500 €", "3,40 €"; English "€7,500", "€3.40": cents of a currency, without the cents where there are none. */
export function money(cents: number, currency: string): string {
  return new Intl.NumberFormat(language(), {
    style: 'currency',
    currency,
    minimumFractionDigits: cents % 100 ? 2 : 0,
    maximumFractionDigits: 2,
  }).format(cents / 100);
}

export function percent(part: number, whole: number): string {
  return new Intl.NumberFormat(language(), { style: 'percent', maximumFractionDigits: 0 }).format(
    whole ? part / whole : 0,
  );
}

/** "mercredi 2 décembre, 10 h" or "Wednesday 2 December, 10:00", in the reader's time zone. */
export function instant(iso: string): string {
  return `${day(iso)}, ${time(iso)}`;
}

/** "jeudi 26 novembre, de 8 h à 18 h" needs the sentence; this says whether both ends fall on one day. */
export function isSameDay(a: string, b: string): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

/** "mardi 1er décembre"; English "Tuesday 1 December". */
export function day(iso: string): string {
  const written = new Intl.DateTimeFormat(language() === 'en' ? 'en-GB' : language(), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...clockOf(iso),
  }).format(new Date(iso));
  // Unicode's French says « 1 décembre », which no one does.
  return language() === 'fr' ? written.replace(/(?<=\s)1(?=\s)/u, '1er') : written;
}

/** "15 h 20" today, "20 nov." on another day: when something was done, in a narrow column. */
export function moment(iso: string, now: number): string {
  return isSameDay(iso, new Date(now).toISOString()) ? time(iso) : shortDay(iso);
}

/** "20 nov.", "1er déc."; English "20 Nov": a day in a narrow column. */
export function shortDay(iso: string): string {
  const written = new Intl.DateTimeFormat(language() === 'en' ? 'en-GB' : language(), {
    day: 'numeric',
    month: 'short',
    ...clockOf(iso),
  }).format(new Date(iso));
  return language() === 'fr' ? written.replace(/^1(?=\s)/u, '1er') : written;
}

/** "10 h 20", "10 h"; English "10:20". */
export function time(iso: string): string {
  const date = new Date(iso);
  if (language() !== 'fr') {
    return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(date);
  }
  const minutes = date.getMinutes();
  return `${date.getHours()}\u00a0h${minutes ? `\u00a0${String(minutes).padStart(2, '0')}` : ''}`;
}

/** What is left until something can be taken back no more: "8 s", from a minute on "9:41". */
export function timeLeft(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** "1 h 42", "58 min", "3 j": the largest units that matter. */
export function duration(milliseconds: number): string {
  const minutes = Math.max(0, Math.round(milliseconds / 60_000));
  if (minutes < 60) return `${minutes}\u00a0min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours}\u00a0h${minutes % 60 ? `\u00a0${String(minutes % 60).padStart(2, '0')}` : ''}`;
  return `${Math.floor(hours / 24)}\u00a0${language() === 'fr' ? 'j' : 'd'}`;
}

/** "7 juillet 2024", "1er décembre 2026"; English "7 July 2024". */
export function dated(iso: string): string {
  const written = new Intl.DateTimeFormat(language() === 'en' ? 'en-GB' : language(), {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    ...clockOf(iso),
  }).format(new Date(iso));
  return language() === 'fr' ? written.replace(/^1(?=\s)/u, '1er') : written;
}

/** "septembre", "September": the month of a number, "09". */
export function monthName(month: string): string {
  return new Intl.DateTimeFormat(language(), { month: 'long', timeZone: 'UTC' }).format(new Date(`2000-${month}-01`));
}

/** "sept.", "janv. 2027": a month on an axis of time, its year with the first one and with each January. */
export function monthMark(day: string, isFirst: boolean): string {
  const date = new Date(`${day}T00:00:00Z`);
  return new Intl.DateTimeFormat(language() === 'en' ? 'en-GB' : language(), {
    month: 'short',
    timeZone: 'UTC',
    ...(isFirst || date.getUTCMonth() === 0 ? { year: 'numeric' } : {}),
  }).format(date);
}
