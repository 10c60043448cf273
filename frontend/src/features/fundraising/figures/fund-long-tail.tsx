import { useTranslation } from 'react-i18next';
import type { FundFigures } from '@/api/shapes';
import { useFilters } from '@/lib/use-filters';
import { type CurveOf, LongTailFigure } from './long-tail-figure';

const OF: CurveOf[] = ['donations', 'givers'];

/** The long tail of a fund, by donation or, on a switch, by giver. */
export function FundLongTail({ figures }: { figures: FundFigures }) {
  const { t } = useTranslation('money');
  const { get, set } = useFilters();
  const of = OF.find((each) => each === get('by')) ?? 'donations';
  const found = figures[of];
  return (
    <LongTailFigure
      found={found}
      of={of}
      said={
        of === 'donations' ? `${found.said} ${figures.bar_said}` : t('figures.by_givers', { said: figures.new_said })
      }
      currency={figures.currency}
      fileName={`${figures.code}-${figures.period}-${of}`}
    >
      <div className="filters" role="group" aria-label={t('figures.counted_by')}>
        {OF.map((each) => (
          <button
            key={each}
            type="button"
            className="chip"
            aria-pressed={each === of}
            onClick={() => {
              set({ by: each === 'donations' ? null : each });
            }}
          >
            {t(`figures.by_${each}_switch`)}
          </button>
        ))}
      </div>
    </LongTailFigure>
  );
}
