import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrganiserTally } from '@/api/shapes';
import { number } from '@/lib/format';
import { Blank } from '@/ui/blank';
import { ListBody } from '@/ui/list-body';
import { type Column, ListTable } from '@/ui/list-table';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';
import { insightQueries, type SpanAsked } from './api';
import { TableExport } from './table-export';
import { coverageColumns, tallyColumns } from './tally-columns';

const keyOf = (line: OrganiserTally) => line.id;

/** What became of the calls and terms at the seats that come first to each organiser of my places. */
export function OrganiserTable({ network, span }: { network: string; span: SpanAsked }) {
  const { t } = useTranslation('organiser');
  const list = useQuery({ ...insightQueries.organisers(network, span), placeholderData: keepPreviousData });
  const columns = useMemo<Column<OrganiserTally>[]>(
    () => [
      { name: 'name', word: t('insights.organiser'), isHead: true, cell: ({ name }) => name || '–' },
      { name: 'place', word: t('insights.territory'), cell: ({ place }) => <Raised text={place} /> },
      ...coverageColumns<OrganiserTally>(t, ({ seats }) => seats),
      { name: 'waiting', word: t('insights.waiting'), isNumber: true, cell: ({ waiting }) => number(waiting) },
      {
        name: 'own',
        word: t('insights.own_calls'),
        isNumber: true,
        cell: ({ called_by_them }) => number(called_by_them),
      },
      ...tallyColumns<OrganiserTally>(t, [
        'applications',
        'called',
        'kept',
        'missed',
        'opened',
        'ended',
        'handed_over',
      ]),
    ],
    [t],
  );
  const rows = list.data?.items ?? [];
  return (
    <Pane title={t('insights.by_organisers')} note={t('insights.organisers_note')}>
      <ListBody list={list} blank={rows.length === 0 && <Blank title={t('insights.no_organiser')} />}>
        <ListTable label={t('insights.by_organisers')} rows={rows} columns={columns} keyOf={keyOf} isTall />
      </ListBody>
      <footer>
        <span>{t('insights.compared')}</span>
        <TableExport network={network} table="organisers" span={span} />
      </footer>
    </Pane>
  );
}
