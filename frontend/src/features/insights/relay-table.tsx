import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RelayTally } from '@/api/shapes';
import { dated, number } from '@/lib/format';
import { useFilters } from '@/lib/use-filters';
import { Blank } from '@/ui/blank';
import { ListBody } from '@/ui/list-body';
import { ListFoot } from '@/ui/list-foot';
import { type Column, ListTable } from '@/ui/list-table';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';
import { insightQueries, type SpanAsked } from './api';
import { Compared } from './compared';
import { TableExport } from './table-export';
import { tallyColumns } from './tally-columns';

const keyOf = (line: RelayTally) => line.id;

/** What each relay of my places did and what was asked of their seat meanwhile, by seat or the quietest first. */
export function RelayTable({ network, span }: { network: string; span: SpanAsked }) {
  const { t } = useTranslation('organiser');
  const { get, set } = useFilters();
  const sort = get('sort') === 'quiet' ? 'quiet' : 'code';
  const list = useInfiniteQuery({ ...insightQueries.relays(network, span, sort), placeholderData: keepPreviousData });
  const columns = useMemo<Column<RelayTally, 'code' | 'quiet'>[]>(
    () => [
      {
        name: 'seat',
        word: t('insights.seat'),
        isHead: true,
        sort: ['code', 'ascending'],
        cell: ({ place }) => <Raised text={place} />,
      },
      { name: 'name', word: t('insights.relay'), cell: ({ name }) => name },
      { name: 'kind', word: t('insights.as'), cell: ({ kind }) => t(`common:role.${kind}`) },
      {
        name: 'since',
        word: t('insights.since'),
        cell: ({ starts_at, ends_at, now }) => (
          <>
            {ends_at ? (
              <Raised text={t('insights.from_to', { from: dated(starts_at), to: dated(ends_at) })} />
            ) : (
              <time dateTime={starts_at}>
                <Raised text={dated(starts_at)} />
              </time>
            )}
            {now && now.handed_over > 0 && <small className="note"> {t('insights.was_handed_over')}</small>}
          </>
        ),
      },
      ...tallyColumns<RelayTally>(t, ['applications', 'kept', 'missed']),
      { name: 'terms', word: t('insights.terms'), isNumber: true, cell: ({ terms }) => number(terms) },
      {
        name: 'answers',
        word: t('insights.answers'),
        isNumber: true,
        cell: ({ answers, answers_before }) => <Compared now={answers} before={answers_before} />,
      },
      {
        name: 'reports',
        word: t('insights.reports'),
        isNumber: true,
        cell: ({ reports, reports_before }) => <Compared now={reports} before={reports_before} />,
      },
      {
        name: 'quiet',
        word: t('insights.quiet'),
        isNumber: true,
        sort: ['quiet', 'descending'],
        cell: ({ days_quiet, paused_until, is_dormant }) => (
          <>
            {paused_until ? (
              <Raised text={t('insights.pauses_until', { day: dated(paused_until) })} />
            ) : days_quiet === null ? (
              '–'
            ) : (
              t('insights.days', { count: days_quiet })
            )}{' '}
            {is_dormant && <small className="note">{t('insights.is_dormant')}</small>}
          </>
        ),
      },
    ],
    [t],
  );
  const rows = useMemo(() => (list.data?.pages ?? []).flatMap((page) => page.items), [list.data]);
  return (
    <Pane title={t('insights.by_relays')} note={t('insights.relays_note')}>
      <ListBody list={list} blank={rows.length === 0 && <Blank title={t('insights.no_relay')} />}>
        <ListTable
          label={t('insights.by_relays')}
          rows={rows}
          columns={columns}
          keyOf={keyOf}
          sort={sort}
          onSort={(name) => {
            set({ sort: name === 'code' ? null : name });
          }}
          isTall
        />
      </ListBody>
      <ListFoot more={list}>
        {t('insights.compared')} <TableExport network={network} table="relays" span={span} />
      </ListFoot>
    </Pane>
  );
}
