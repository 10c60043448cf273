import type { TFunction } from 'i18next';

/** "novembre 2026", "2026", "depuis le début"; English "November 2026", "2026", "since the beginning". */
export function periodWords(t: TFunction<'money'>, period: string): string {
  if (period === 'all') return t('money:figures.ever');
  return period.length === 7 ? monthWords(period) : period;
}

/** "novembre 2026"; English "November 2026". */
export function monthWords(month: string): string {
  return new Intl.DateTimeFormat(document.documentElement.lang || 'fr', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${month}-01T00:00:00Z`));
}
