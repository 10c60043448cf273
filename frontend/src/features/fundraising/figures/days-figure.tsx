import { useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FundFigures } from '@/api/shapes';
import { dated, money, number } from '@/lib/format';
import { DayBars } from '@/ui/chart/day-bars';
import { Raised } from '@/ui/raised';

/** What came each day: its finding, a bar a day, the same as a table. */
export function DaysFigure({ figures }: { figures: FundFigures }) {
  const { t } = useTranslation('money');
  const id = useId();
  const { days, currency, outstanding } = figures;
  const cents = useMemo(() => new Map(days.map((each) => [each.day, each.cents])), [days]);
  const most = outstanding ? (cents.get(outstanding) ?? 0) : 0;
  return (
    <figure className="pane" aria-labelledby={id}>
      <div className="pane-body">
        <h2 id={id}>
          <Raised text={figures.days_title} />
        </h2>
        <p className="muted">{t('figures.by_day')}</p>
        <DayBars
          label={figures.days_title}
          cents={cents}
          first={figures.first_day}
          last={figures.last_day}
          today={figures.today}
          hot={outstanding ? { day: outstanding, word: money(most, currency) } : null}
          said={(amount) => money(amount, currency)}
        />
        <details>
          <summary>{t('figures.as_table')}</summary>
          <div className="table-scroll" tabIndex={0} role="region" aria-label={t('figures.as_table')}>
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{t('column.day')}</th>
                  <th scope="col" className="number">
                    {t('figures.donations_column')}
                  </th>
                  <th scope="col" className="number">
                    {t('column.amount')}
                  </th>
                  <th scope="col" className="number">
                    {t('figures.went_back')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {days.map((each) => (
                  <tr key={each.day}>
                    <th scope="row">
                      <Raised text={dated(each.day)} />
                    </th>
                    <td className="number">{number(each.donations)}</td>
                    <td className="number">{money(each.cents, currency)}</td>
                    <td className="number">{money(each.back, currency)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      </div>
    </figure>
  );
}
