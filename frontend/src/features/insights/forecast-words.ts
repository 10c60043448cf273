import type { TFunction } from 'i18next';
import type { ProgressRead } from '@/api/shapes';
import { dated, number } from '@/lib/format';

/** When the target is met, in a sentence or two. */
export function forecastWords(
  t: TFunction<'organiser'>,
  { forecast, target }: Pick<ProgressRead, 'forecast' | 'target'>,
) {
  const seats = number(target.seats);
  const { outlook, weeks, likely_on, early_on, late_on } = forecast;
  if (outlook === 'expected' && likely_on && early_on) {
    const likely = t('insights.expected', { weeks, seats, likely: dated(likely_on) });
    const range = late_on
      ? t('insights.range', { early: dated(early_on), late: dated(late_on) })
      : t('insights.range_open', { early: dated(early_on) });
    return `${likely} ${range}`;
  }
  if (outlook === 'standing') {
    return `${t('insights.standing', { weeks, seats })} ${t('insights.enough', { count: forecast.missing })}`;
  }
  if (outlook === 'far') return t('insights.far', { weeks, seats });
  if (outlook === 'met') return t('insights.met', { seats });
  return t('insights.too_early', { seats });
}
