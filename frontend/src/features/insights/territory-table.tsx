import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlaceTally } from '@/api/shapes';
import { dated } from '@/lib/format';
import { useFilters } from '@/lib/use-filters';
import { Blank } from '@/ui/blank';
import { ListBody } from '@/ui/list-body';
import { type Column, ListTable } from '@/ui/list-table';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';
import { insightQueries, type SpanAsked, territoriesFile } from './api';
import { coverageColumns, tallyColumns } from './tally-columns';

const keyOf = (line: PlaceTally) => line.area.id;

/** What happened in each territory that I organise. */
export function TerritoryTable({ network, span }: { network: string; span: SpanAsked }) {
  const { t } = useTranslation('organiser');
  const { get, set } = useFilters();
  const kind = get('kind');
  const list = useQuery({ ...insightQueries.territories(network, span, kind), placeholderData: keepPreviousData });
  const columns = useMemo<Column<PlaceTally>[]>(
    () => [
      { name: 'place', word: t('insights.territory'), isHead: true, cell: ({ area }) => <Raised text={area.name} /> },
      ...coverageColumns<PlaceTally>(t, ({ area }) => area.seats),
      ...tallyColumns<PlaceTally>(t, [
        'applications',
        'called',
        'kept',
        'missed',
        'approved',
        'declined',
        'withdrawn',
        'opened',
        'ended',
        'handed_over',
      ]),
    ],
    [t],
  );
  const rows = list.data?.items ?? [];
  const shown = kind || rows[0]?.area.kind;
  return (
    <Pane title={t('insights.by_territories')} note={<Dates list={list.data} />}>
      <div className="pane-body filters">
        {(list.data?.kinds ?? []).map((area) => (
          <button
            key={area.kind}
            type="button"
            className="chip"
            aria-pressed={shown === area.kind}
            onClick={() => {
              set({ kind: area.kind });
            }}
          >
            {area.kind_name}
          </button>
        ))}
      </div>
      <ListBody list={list} blank={rows.length === 0 && <Blank title={t('insights.no_place')} />}>
        <ListTable label={t('insights.by_territories')} rows={rows} columns={columns} keyOf={keyOf} isTall />
      </ListBody>
      <footer>
        <span>{t('insights.compared')}</span>
        <a className="button bare" href={territoriesFile(network, span, kind)} download>
          {t('insights.file')}
        </a>
      </footer>
    </Pane>
  );
}

function Dates({ list }: { list: { span: { begins: string; ends: string } } | undefined }) {
  const { t } = useTranslation('organiser');
  return list && <Raised text={t('insights.from_to', { from: dated(list.span.begins), to: dated(list.span.ends) })} />;
}
