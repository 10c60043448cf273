import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CALENDAR_KINDS, type CalendarWindow } from '@/api/shapes';
import { isFound } from '@/lib/fold';
import { dated } from '@/lib/format';
import { useFilters } from '@/lib/use-filters';
import { Blank } from '@/ui/blank';
import { DeskHead } from '@/ui/desk-head';
import { Filters } from '@/ui/filters';
import { ListBody } from '@/ui/list-body';
import { ListFoot } from '@/ui/list-foot';
import { type Column, ListTable } from '@/ui/list-table';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';
import { calendarQuery } from './calendar-api';
import { CalendarFile } from './calendar-file';
import { CalendarForm } from './calendar-form';

const SORTS = ['from', 'to', 'called'] as const;
const keyOf = (one: CalendarWindow) => one.id;

/** The days on which people are away, or may not be asked, place by place: what the dry run of an action meets. */
export function CalendarDesk() {
  const { t } = useTranslation('organiser');
  const { get, set, toggle } = useFilters();
  const list = useQuery(calendarQuery);
  const kind = CALENDAR_KINDS.find((name) => name === get('kind')) ?? '';
  const query = get('q');
  const sort = SORTS.find((name) => name === get('sort')) ?? 'from';
  const chosen = get('window') || null;
  const shown = useMemo(
    () =>
      (list.data?.items ?? [])
        .filter((one) => !kind || one.kind === kind)
        .filter((one) => isFound(`${one.called} ${one.area.name}`, query))
        .sort((a, b) =>
          sort === 'called'
            ? a.called.localeCompare(b.called)
            : sort === 'to'
              ? b.ends_on.localeCompare(a.ends_on)
              : b.starts_on.localeCompare(a.starts_on),
        ),
    [list.data, kind, query, sort],
  );
  const columns = useMemo<Column<CalendarWindow, (typeof SORTS)[number]>[]>(
    () => [
      {
        name: 'called',
        word: t('calendar.column_called'),
        sort: ['called', 'ascending'],
        isHead: true,
        cell: (one) => one.called,
      },
      { name: 'kind', word: t('calendar.column_kind'), cell: (one) => t(`calendar.kind_${one.kind}`) },
      {
        name: 'area',
        word: t('calendar.column_area'),
        cell: (one) => (one.area.is_country ? t('calendar.whole_country') : <Raised text={one.area.name} />),
      },
      {
        name: 'from',
        word: t('calendar.column_from'),
        sort: ['from', 'descending'],
        cell: (one) => <Raised text={dated(one.starts_on)} />,
      },
      {
        name: 'to',
        word: t('calendar.column_to'),
        sort: ['to', 'descending'],
        cell: (one) => <Raised text={dated(one.ends_on)} />,
      },
      {
        name: 'source',
        word: t('calendar.column_source'),
        cell: (one) =>
          one.source.startsWith('https://') ? (
            <a href={one.source} rel="external noreferrer">
              {new URL(one.source).hostname}
            </a>
          ) : (
            one.source
          ),
      },
    ],
    [t],
  );
  const window = list.data?.items.find((one) => one.id === chosen);
  const isChangeable = window?.can_change ?? false;
  const leave = () => {
    set({ window: null });
  };
  return (
    <>
      <DeskHead title={t('calendar.title')} lead={t('calendar.lead')} />
      <Filters
        label={t('calendar.search')}
        query={query}
        onQuery={(q) => {
          set({ q });
        }}
        chips={CALENDAR_KINDS.map((name) => ({ name, content: t(`calendar.kind_${name}`) }))}
        pressed={kind}
        onPress={(name) => {
          toggle('kind', name);
        }}
      />
      <div className="duo">
        <Pane title={t('calendar.written')}>
          <ListBody
            list={list}
            blank={
              shown.length === 0 && (
                <Blank title={t(query || kind ? 'calendar.none_found' : 'calendar.none')}>
                  <p>{t('calendar.none_why')}</p>
                </Blank>
              )
            }
          >
            <ListTable
              label={t('calendar.written')}
              rows={shown}
              columns={columns}
              keyOf={keyOf}
              sort={sort}
              onSort={(name) => {
                set({ sort: name });
              }}
              chosen={chosen}
              onChoose={(id) => {
                set({ window: id });
              }}
            />
          </ListBody>
          <ListFoot keys="walk">{list.data && t('calendar.shown', { count: shown.length })}</ListFoot>
        </Pane>
        <div className="stacked">
          {window && !isChangeable && (
            <Pane title={window.called}>
              <p className="pane-body muted">{t('calendar.not_yours')}</p>
            </Pane>
          )}
          {(!window || isChangeable) && (
            <CalendarForm
              key={window ? `${window.id}${JSON.stringify(window.labels)}${window.ends_on}` : 'new'}
              window={window}
              onLeave={leave}
            />
          )}
          <CalendarFile />
        </div>
      </div>
    </>
  );
}
