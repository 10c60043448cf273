import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { FundChoice } from '@/api/shapes';
import { money, number } from '@/lib/format';
import { Blank } from '@/ui/blank';
import { ListBody } from '@/ui/list-body';
import { Pane } from '@/ui/pane';
import { figuresQueries } from './figures-api';

/** By which links donations came. */
export function SourcesPane({ fund, period }: { fund: FundChoice; period: string }) {
  const { t } = useTranslation('money');
  const list = useQuery({ ...figuresQueries.sources(fund.code, period), placeholderData: keepPreviousData });
  const found = list.data;
  const lines = [
    ...(found?.items ?? []).map(({ link, ...sums }) => ({
      key: `=${link}`,
      name: link || t('figures.no_link'),
      ...sums,
    })),
    ...(found?.other_donations
      ? [{ key: 'other', name: t('figures.other_links'), donations: found.other_donations, cents: found.other_cents }]
      : []),
  ];
  return (
    <Pane title={t('figures.by_link')}>
      <ListBody list={list} blank={lines.length === 0 && <Blank title={t('donations.none')} />}>
        <div className="table-scroll" tabIndex={0} role="group" aria-label={t('figures.by_link')}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('figures.link')}</th>
                <th scope="col" className="number">
                  {t('figures.donations_column')}
                </th>
                <th scope="col" className="number">
                  {t('column.amount')}
                </th>
              </tr>
            </thead>
            <tbody>
              {lines.map(({ key, name, donations, cents }) => (
                <tr key={key}>
                  <th scope="row">{name}</th>
                  <td className="number">{number(donations)}</td>
                  <td className="number">{money(cents, fund.currency)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </ListBody>
    </Pane>
  );
}
