import { useTranslation } from 'react-i18next';
import { localDay } from '@/lib/local-time';
import { useFilters } from '@/lib/use-filters';
import { SPANS, useSpan } from './use-span';

/** Choose a span of days; what is chosen stands in the address. */
export function SpanFilter() {
  const { t } = useTranslation('organiser');
  const { get, set } = useFilters();
  const span = useSpan();
  return (
    <div className="filters people-narrow">
      {SPANS.map((days) => (
        <button
          key={days}
          type="button"
          className="chip"
          aria-pressed={'days' in span && span.days === days}
          onClick={() => {
            set({ days: String(days), from: null, to: null });
          }}
        >
          {t('insights.last_days', { count: days })}
        </button>
      ))}
      {(['from', 'to'] as const).map((name) => (
        <label key={name}>
          <span>{t(`insights.${name}`)}</span>
          <input
            className="input"
            type="date"
            max={localDay()}
            value={get(name)}
            onChange={(event) => {
              set({ [name]: event.target.value || null });
            }}
          />
        </label>
      ))}
    </div>
  );
}
