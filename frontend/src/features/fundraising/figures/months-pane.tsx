import { useTranslation } from 'react-i18next';
import type { FundFigures } from '@/api/shapes';
import { money, number, percent } from '@/lib/format';
import { Pane } from '@/ui/pane';
import { Ticks } from '@/ui/ticks';
import { monthWords } from './period-words';

/** Month by month, who gave for the first time and who gave again. */
export function MonthsPane({ figures }: { figures: FundFigures }) {
  const { t } = useTranslation('money');
  const { months, currency } = figures;
  if (months.length === 0) return null;
  return (
    <Pane title={t('figures.new_and_again')} note={figures.new_said}>
      <div className="table-scroll" tabIndex={0} role="group" aria-label={t('figures.new_and_again')}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('figures.month')}</th>
              <th scope="col" className="number">
                {t('figures.new')}
              </th>
              <th scope="col" className="number">
                {t('figures.again')}
              </th>
              <th scope="col" className="number">
                {t('figures.from_new')}
              </th>
              <th scope="col" className="number">
                {t('figures.from_again')}
              </th>
              <th scope="col" colSpan={2}>
                {t('figures.share_new')}
              </th>
            </tr>
          </thead>
          <tbody>
            {[...months].reverse().map(({ month, again, again_cents, new_cents, new: fresh }) => {
              const share = fresh / (fresh + again || 1);
              const said = percent(fresh, fresh + again);
              return (
                <tr key={month}>
                  <th scope="row">{monthWords(month)}</th>
                  <td className="number">{number(fresh)}</td>
                  <td className="number">{number(again)}</td>
                  <td className="number">{money(new_cents, currency)}</td>
                  <td className="number">{money(again_cents, currency)}</td>
                  <td className="bar-cell">
                    <Ticks done={share} label={said} weight="quiet" />
                  </td>
                  <td className="number">{said}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Pane>
  );
}
