import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { FundChoice } from '@/api/shapes';
import { money, number, percent } from '@/lib/format';
import { Blank } from '@/ui/blank';
import { ListBody } from '@/ui/list-body';
import { Pane } from '@/ui/pane';
import { figuresQueries } from './figures-api';
import { monthWords } from './period-words';

const COHORTS_SHOWN = 12;

/** Who goes on giving each month, and what the next months bring, with a range. */
export function MonthlyPane({ fund }: { fund: FundChoice }) {
  const { t } = useTranslation('money');
  const list = useQuery(figuresQueries.monthly(fund.code));
  const found = list.data;
  const cohorts = (found?.cohorts ?? []).slice(-COHORTS_SHOWN);
  const longest = Math.max(0, ...cohorts.map(({ paid }) => paid.length));
  return (
    <Pane title={found?.title ?? t('figures.monthly_title')}>
      <ListBody list={list} blank={found?.months.length === 0 && <Blank title={t('figures.no_monthly')} />}>
        {found && (
          <>
            <div className="pane-body">
              <p>{found.said}</p>
            </div>
            <div className="table-scroll" tabIndex={0} role="group" aria-label={t('figures.ahead')}>
              <table className="table">
                <caption className="sr-only">{t('figures.ahead')}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t('figures.month')}</th>
                    <th scope="col" className="number">
                      {t('figures.paid')}
                    </th>
                    <th scope="col" className="number">
                      {t('column.amount')}
                    </th>
                    <th scope="col" className="number">
                      {t('figures.gone')}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {found.months.slice(-COHORTS_SHOWN).map(({ month, paid, cents, churn }) => (
                    <tr key={month}>
                      <th scope="row">{monthWords(month)}</th>
                      <td className="number">{number(paid)}</td>
                      <td className="number">{money(cents, fund.currency)}</td>
                      <td className="number">{churn === null ? '–' : percent(churn, 1)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            {found.foretold.length > 0 && (
              <>
                <div className="pane-body">
                  <h3>{t('figures.upcoming')}</h3>
                  <details>
                    <summary>{t('figures.how')}</summary>
                    <p>{found.method}</p>
                  </details>
                </div>
                <div className="table-scroll" tabIndex={0} role="group" aria-label={t('figures.upcoming')}>
                  <table className="table">
                    <caption className="sr-only">{t('figures.upcoming')}</caption>
                    <thead>
                      <tr>
                        <th scope="col">{t('figures.month')}</th>
                        <th scope="col" className="number">
                          {t('figures.expected')}
                        </th>
                        <th scope="col" className="number">
                          {t('figures.range')}
                        </th>
                      </tr>
                    </thead>
                    <tbody>
                      {found.foretold.map(({ month, cents, low, high }) => (
                        <tr key={month}>
                          <th scope="row">{monthWords(month)}</th>
                          <td className="number">{money(round(cents), fund.currency)}</td>
                          <td className="number">
                            {t('figures.from_to', {
                              from: money(round(low), fund.currency),
                              to: money(round(high), fund.currency),
                            })}
                          </td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              </>
            )}
            {cohorts.length > 0 && (
              <details className="pane-body">
                <summary>{t('figures.cohorts')}</summary>
                <div className="table-scroll" tabIndex={0} role="group" aria-label={t('figures.cohorts')}>
                  <table className="table cohorts">
                    <thead>
                      <tr>
                        <th scope="col">{t('figures.began')}</th>
                        <th scope="col" className="number">
                          {t('figures.number')}
                        </th>
                        {Array.from({ length: longest }, (_, age) => (
                          <th key={age} scope="col" className="number">
                            {t('figures.after', { number: age })}
                          </th>
                        ))}
                      </tr>
                    </thead>
                    <tbody>
                      {cohorts.map(({ began, number: many, paid }) => (
                        <tr key={began}>
                          <th scope="row">{monthWords(began)}</th>
                          <td className="number">{number(many)}</td>
                          {paid.map((count, age) => (
                            <td key={age} className="number">
                              {percent(count, many)}
                            </td>
                          ))}
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              </details>
            )}
          </>
        )}
      </ListBody>
    </Pane>
  );
}

/** What is foretold is not known to the cent. */
const round = (cents: number) => Math.round(cents / 100) * 100;
