import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Action, ActionStatus } from '@/api/shapes';
import { isFound } from '@/lib/fold';
import { day } from '@/lib/format';
import { useFilters } from '@/lib/use-filters';
import { Blank } from '@/ui/blank';
import { DeskHead } from '@/ui/desk-head';
import { Filters } from '@/ui/filters';
import { ListBody } from '@/ui/list-body';
import { ListFoot } from '@/ui/list-foot';
import { type Column, ListTable } from '@/ui/list-table';
import { Raised } from '@/ui/raised';
import { actionQueries } from './api';
import { clock } from './launch-hour';

const STATUSES: readonly ActionStatus[] = ['draft', 'scheduled', 'launched', 'stopped', 'closed'];
const SORTS = ['starts', 'title'] as const;
const keyOf = (action: Action) => action.id;
const addressOf = (action: Action) => `/desk/actions/${action.id}${action.abilities.see_board ? '/board' : ''}`;

/** What was asked, is asked and will be asked of every place. */
export function ActionsDesk() {
  const { t } = useTranslation('organiser');
  const navigate = useNavigate();
  const { get, set, toggle } = useFilters();
  const status = STATUSES.find((name) => name === get('status')) ?? '';
  const query = get('q');
  const sort = SORTS.find((name) => name === get('sort')) ?? 'starts';
  const list = useQuery(actionQueries.list);
  const shown = useMemo(() => {
    return [...(list.data?.items ?? [])]
      .filter((action) => !status || action.status === status)
      .filter((action) => isFound(action.title, query))
      .sort((a, b) => (sort === 'title' ? a.title.localeCompare(b.title) : b.starts_at.localeCompare(a.starts_at)));
  }, [list.data, status, query, sort]);
  const columns = useMemo<Column<Action, (typeof SORTS)[number]>[]>(
    () => [
      {
        name: 'title',
        word: t('actions.column_title'),
        sort: ['title', 'ascending'],
        isHead: true,
        cell: (action) => (
          <Link to={addressOf(action)}>
            <Raised text={action.title} />
          </Link>
        ),
      },
      {
        name: 'starts',
        word: t('actions.column_starts'),
        sort: ['starts', 'descending'],
        cell: (action) => <Raised text={day(action.starts_at)} />,
      },
      { name: 'ends', word: t('actions.column_ends'), cell: (action) => <Raised text={day(action.ends_at)} /> },
      {
        name: 'status',
        word: t('actions.column_status'),
        cell: (action) =>
          action.launch_at ? (
            <Raised text={t('actions.leaves', clock(action.launch_at, action.time_zone))} />
          ) : (
            t(action.launch_asked_at ? 'actions.asked' : `actions.status_${action.status}`)
          ),
      },
    ],
    [t],
  );
  const write = (className: string) => (
    <Link className={className} to="/desk/actions/new">
      {t('actions.new')}
    </Link>
  );

  return (
    <>
      <DeskHead title={t('actions.title')} lead={t('actions.lead')}>
        <Link className="button line" to="/desk/actions/calendar">
          {t('calendar.title')}
        </Link>
        {write('button')}
      </DeskHead>
      <Filters
        label={t('actions.search')}
        query={query}
        onQuery={(q) => {
          set({ q });
        }}
        chips={STATUSES.map((name) => ({ name, content: t(`actions.status_${name}`) }))}
        pressed={status}
        onPress={(name) => {
          toggle('status', name);
        }}
      />
      <section className="pane" aria-label={t('actions.title')}>
        <ListBody
          list={list}
          blank={
            shown.length === 0 && (
              <Blank title={t(query || status ? 'actions.none_found' : 'actions.none')}>
                <p>{t('actions.none_why')}</p>
                {write('button line')}
              </Blank>
            )
          }
        >
          <ListTable
            label={t('actions.title')}
            rows={shown}
            columns={columns}
            keyOf={keyOf}
            sort={sort}
            onSort={(name) => {
              set({ sort: name });
            }}
            chosen={get('action') || null}
            onMove={(id) => {
              set({ action: id });
            }}
            onOpen={(id) => {
              const action = shown.find((one) => one.id === id);
              if (action) void navigate(addressOf(action));
            }}
          />
        </ListBody>
        <ListFoot keys="open">{list.data && t('actions.shown', { count: shown.length })}</ListFoot>
      </section>
    </>
  );
}
