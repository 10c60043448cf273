import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FundChoice, MonthSum, PlaceTotal } from '@/api/shapes';
import { money, number, percent } from '@/lib/format';
import { useFilters } from '@/lib/use-filters';
import { Blank } from '@/ui/blank';
import { DeskHead } from '@/ui/desk-head';
import { ListBody } from '@/ui/list-body';
import { type Column, ListTable } from '@/ui/list-table';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';
import { Ticks } from '@/ui/ticks';
import { figuresQueries } from './figures-api';
import { LongTailFigure } from './long-tail-figure';
import { monthWords } from './period-words';

const keyOf = (row: PlaceTotal) => row.id;
const monthOf = (row: MonthSum) => row.month;

/** For who organises: a month that is over, as everybody may read it, and of their places, where at least five people gave. */
export function ToldDesk({ fund }: { fund: FundChoice }) {
  const { t } = useTranslation('money');
  const { get, set } = useFilters();
  const list = useQuery({ ...figuresQueries.told(fund.code, get('month')), placeholderData: keepPreviousData });
  const found = list.data;
  const columns = useMemo<Column<PlaceTotal>[]>(
    () => [
      { name: 'place', word: t('column.place'), isHead: true, cell: ({ name }) => <Raised text={name} /> },
      {
        name: 'donations',
        word: t('figures.donations_column'),
        isNumber: true,
        cell: ({ donations }) => (donations === null ? t('figures.not_shown') : number(donations)),
      },
      {
        name: 'people',
        word: t('figures.people_column'),
        isNumber: true,
        cell: ({ people }) => (people === null ? '–' : number(people)),
      },
      {
        name: 'sum',
        word: t('column.amount'),
        isNumber: true,
        cell: ({ cents }) => (cents === null ? '–' : money(cents, fund.currency)),
      },
      {
        name: 'inhabitants',
        word: t('figures.inhabitants'),
        isNumber: true,
        cell: ({ per_thousand }) => (per_thousand === null ? '–' : money(per_thousand, fund.currency)),
      },
    ],
    [t, fund.currency],
  );
  const rows = found?.items ?? [];
  return (
    <>
      <DeskHead title={t('figures.title', { name: fund.name })} lead={t('figures.told_what')}>
        {found?.month && (
          <label className="pick">
            <span className="sr-only">{t('figures.month')}</span>
            <select
              className="input"
              value={found.month}
              onChange={(event) => {
                set({ month: event.target.value === found.months[0]?.month ? null : event.target.value });
              }}
            >
              {found.months.map(({ month }) => (
                <option key={month} value={month}>
                  {monthWords(month)}
                </option>
              ))}
            </select>
          </label>
        )}
      </DeskHead>
      {found?.curve && (
        <LongTailFigure
          found={found.curve}
          of="donations"
          said={found.curve.said}
          currency={fund.currency}
          fileName={`${fund.code}-${found.month}`}
        />
      )}
      <Pane
        title={t('figures.by_place')}
        note={
          found?.people != null &&
          found.cents !== null &&
          t('figures.everybody', {
            count: found.people,
            number: number(found.people),
            amount: money(found.cents, fund.currency),
          })
        }
      >
        <ListBody
          list={list}
          blank={rows.length === 0 && <Blank title={t(found?.month ? 'figures.no_place' : 'figures.no_month')} />}
        >
          <ListTable label={t('figures.by_place')} rows={rows} columns={columns} keyOf={keyOf} isTall />
        </ListBody>
      </Pane>
      {found && found.months.length > 1 && <MonthsTold months={found.months} currency={fund.currency} />}
    </>
  );
}

/** What everybody gave month by month, drawn beside its sum. */
function MonthsTold({ months, currency }: { months: MonthSum[]; currency: string }) {
  const { t } = useTranslation('money');
  const most = Math.max(...months.map(({ cents }) => cents ?? 0), 1);
  const columns = useMemo<Column<MonthSum>[]>(
    () => [
      { name: 'month', word: t('figures.month'), isHead: true, cell: ({ month }) => monthWords(month) },
      {
        name: 'donations',
        word: t('figures.donations_column'),
        isNumber: true,
        cell: ({ donations }) => (donations === null ? t('figures.not_shown') : number(donations)),
      },
      {
        name: 'people',
        word: t('figures.people_column'),
        isNumber: true,
        cell: ({ people }) => (people === null ? '–' : number(people)),
      },
      {
        name: 'sum',
        word: t('column.amount'),
        isNumber: true,
        cell: ({ cents }) => (cents === null ? '–' : money(cents, currency)),
      },
      {
        name: 'drawn',
        word: t('figures.of_largest_month'),
        cell: ({ cents }) =>
          cents !== null && <Ticks done={cents / most} label={percent(cents, most)} weight="quiet" />,
      },
    ],
    [t, currency, most],
  );
  return (
    <Pane title={t('figures.month_by_month')}>
      <ListTable label={t('figures.month_by_month')} rows={months} columns={columns} keyOf={monthOf} />
    </Pane>
  );
}
