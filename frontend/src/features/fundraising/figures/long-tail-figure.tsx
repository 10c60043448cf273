import { useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FundFigures, LongTail } from '@/api/shapes';
import { money, number, percent } from '@/lib/format';
import { saveDrawing } from '@/lib/save-drawing';
import { saveFile } from '@/lib/save-file';
import { useFilters } from '@/lib/use-filters';
import { LorenzChart } from '@/ui/chart/lorenz-chart';

const WHAT = ['donations', 'givers'] as const;

/** Which part of the money small donations bring: its finding, the curve, the same as a table, and both as files. */
export function LongTailFigure({ figures }: { figures: FundFigures }) {
  const { t } = useTranslation('money');
  const { get, set } = useFilters();
  const id = useId();
  const drawing = useRef<SVGSVGElement>(null);
  const what = WHAT.find((each) => each === get('by')) ?? 'donations';
  const found = figures[what];
  const part = { number: found.small_number / (found.number || 1), cents: found.small_cents / (found.cents || 1) };
  const words = {
    numberWord: t(`figures.of_${what}`, { percent: percent(found.small_number, found.number) }),
    centsWord: t('figures.of_money', { percent: percent(found.small_cents, found.cents) }),
  };
  const name = `${figures.code}-${figures.period}-${what}`;
  return (
    <figure className="pane" aria-labelledby={id}>
      <div className="pane-body">
        <h2 id={id}>{found.title}</h2>
        <p className="muted">
          {what === 'donations'
            ? `${found.said} ${figures.bar_said}`
            : t('figures.by_givers', { said: figures.new_said })}
        </p>
        <div className="filters" role="group" aria-label={t('figures.counted_by')}>
          {WHAT.map((each) => (
            <button
              key={each}
              type="button"
              className="chip"
              aria-pressed={each === what}
              onClick={() => {
                set({ by: each === 'donations' ? null : each });
              }}
            >
              {t(`figures.by_${each}_switch`)}
            </button>
          ))}
        </div>
        <div className="curve-and-steps">
          {found.points.length > 0 && (
            <LorenzChart
              ref={drawing}
              label={`${found.title} ${words.numberWord}, ${words.centsWord}`}
              points={found.points}
              through={{ ...part, ...words }}
              axis={t(`figures.axis_${what}`)}
              equal={t('figures.if_equal')}
            />
          )}
          <Steps found={found} what={what} currency={figures.currency} />
        </div>
      </div>
      <footer>
        <button
          type="button"
          className="button bare"
          onClick={() => {
            if (drawing.current) saveDrawing(drawing.current, `${name}.svg`);
          }}
        >
          {t('figures.image')}
        </button>
        <button
          type="button"
          className="button bare"
          onClick={() => {
            saveFile(new Blob([asTable(found)], { type: 'text/csv' }), `${name}.csv`);
          }}
        >
          {t('figures.data')}
        </button>
        <span className="note">{t('figures.published')}</span>
      </footer>
    </figure>
  );
}

function Steps({ found, what, currency }: { found: LongTail; what: (typeof WHAT)[number]; currency: string }) {
  const { t } = useTranslation('money');
  return (
    <table className="table">
      <caption className="sr-only">{t('figures.steps')}</caption>
      <thead>
        <tr>
          <th scope="col">{t(`figures.one_${what}`)}</th>
          <th scope="col" className="number">
            {t('figures.number')}
          </th>
          <th scope="col" className="number">
            {t('column.amount')}
          </th>
          <th scope="col" className="number">
            {t('figures.share')}
          </th>
        </tr>
      </thead>
      <tbody>
        {found.tiers.map(({ least, below, is_small, ...tier }) => (
          <tr key={least} className={is_small ? 'is-small' : undefined}>
            <th scope="row">{stepWords(t, least, below, currency)}</th>
            <td className="number">{number(tier.number)}</td>
            <td className="number">{money(tier.cents, currency)}</td>
            <td className="number">{percent(tier.cents, found.cents)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('figures.total')}</th>
          <td className="number">{number(found.number)}</td>
          <td className="number">{money(found.cents, currency)}</td>
          <td className="number">{percent(found.cents, found.cents)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

function stepWords(
  t: ReturnType<typeof useTranslation<'money'>>['t'],
  least: number,
  below: number | null,
  currency: string,
): string {
  if (below === null) return t('figures.and_more', { amount: money(least, currency) });
  if (!least) return t('figures.less_than', { amount: money(below, currency) });
  return t('figures.from_to', { from: money(least, currency), to: money(below, currency) });
}

/** The points of the curve as a file of numbers. */
function asTable(found: LongTail): string {
  return ['number,sum', ...found.points.map((point) => point.map((share) => share.toFixed(6)).join(','))].join('\r\n');
}
