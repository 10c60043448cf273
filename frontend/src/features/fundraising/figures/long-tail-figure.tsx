import { type ReactNode, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CurveTold } from '@/api/shapes';
import { money, number, percent } from '@/lib/format';
import { saveDrawing } from '@/lib/save-drawing';
import { saveFile } from '@/lib/save-file';
import { LorenzChart } from '@/ui/chart/lorenz-chart';

/** Of what a curve is made: one donation each, or all that one person gave. */
export type CurveOf = 'donations' | 'givers';

/** Which part of the money small donations bring: its finding, the curve, the same as a table, and both as files. */
export function LongTailFigure({
  found,
  of,
  said,
  currency,
  fileName,
  children,
}: {
  found: CurveTold;
  of: CurveOf;
  said: string;
  currency: string;
  fileName: string;
  children?: ReactNode;
}) {
  const { t } = useTranslation('money');
  const id = useId();
  const drawing = useRef<SVGSVGElement>(null);
  const part = { number: found.small_number / (found.number || 1), cents: found.small_cents / (found.cents || 1) };
  const words = {
    numberWord: t(`figures.of_${of}`, { percent: percent(found.small_number, found.number) }),
    centsWord: t('figures.of_money', { percent: percent(found.small_cents, found.cents) }),
  };
  return (
    <figure className="pane" aria-labelledby={id}>
      <div className="pane-body">
        <h2 id={id}>{found.title}</h2>
        <p className="muted">{said}</p>
        {children}
        <div className="curve-and-steps">
          {found.points.length > 0 && (
            <LorenzChart
              ref={drawing}
              label={`${found.title} ${words.numberWord}, ${words.centsWord}`}
              points={found.points}
              through={{ ...part, ...words }}
              axis={t(`figures.axis_${of}`)}
              equal={t('figures.if_equal')}
            />
          )}
          <Steps found={found} of={of} currency={currency} />
        </div>
      </div>
      <footer>
        <button
          type="button"
          className="button bare"
          onClick={() => {
            if (drawing.current) saveDrawing(drawing.current, `${fileName}.svg`);
          }}
        >
          {t('figures.image')}
        </button>
        <button
          type="button"
          className="button bare"
          onClick={() => {
            saveFile(new Blob([asTable(found)], { type: 'text/csv' }), `${fileName}.csv`);
          }}
        >
          {t('figures.data')}
        </button>
        <span className="note">{t('figures.published')}</span>
      </footer>
    </figure>
  );
}

function Steps({ found, of, currency }: { found: CurveTold; of: CurveOf; currency: string }) {
  const { t } = useTranslation('money');
  return (
    <table className="table">
      <caption className="sr-only">{t('figures.steps')}</caption>
      <thead>
        <tr>
          <th scope="col">{t(`figures.one_${of}`)}</th>
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
function asTable(found: CurveTold): string {
  return ['number,sum', ...found.points.map((point) => point.map((share) => share.toFixed(6)).join(','))].join('\r\n');
}
