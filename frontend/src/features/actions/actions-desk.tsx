import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Action, ActionStatus } from '@/api/shapes';
import { fold } from '@/lib/fold';
import { day } from '@/lib/format';
import { useFilters } from '@/lib/use-filters';
import { useRowKeys } from '@/lib/use-row-keys';
import { Blank } from '@/ui/blank';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { actionQueries } from './api';

const STATUSES: readonly ActionStatus[] = ['draft', 'launched', 'stopped', 'closed'];
const SORTS = ['starts', 'title'] as const;

/** What was asked, is asked and will be asked of every place. */
export function ActionsDesk() {
  const { t } = useTranslation('organiser');
  const navigate = useNavigate();
  const { get, set } = useFilters();
  const status = STATUSES.find((name) => name === get('status')) ?? '';
  const query = get('q');
  const sort = SORTS.find((name) => name === get('sort')) ?? 'starts';
  const chosen = get('action') || null;
  const list = useQuery(actionQueries.list);
  const shown = useMemo(() => {
    const wanted = fold(query);
    return [...(list.data?.items ?? [])]
      .filter((action) => !status || action.status === status)
      .filter((action) => !wanted || fold(action.title).includes(wanted))
      .sort((a, b) => (sort === 'title' ? a.title.localeCompare(b.title) : b.starts_at.localeCompare(a.starts_at)));
  }, [list.data, status, query, sort]);
  const ids = useMemo(() => shown.map((action) => action.id), [shown]);
  const to = (action: Action) =>
    action.status === 'draft' ? `/desk/actions/${action.id}` : `/desk/actions/${action.id}/board`;
  useRowKeys({
    keys: ids,
    current: chosen,
    onMove: (id) => {
      set({ action: id });
    },
    onOpen: (id) => {
      const action = shown.find((one) => one.id === id);
      if (action) void navigate(to(action));
    },
  });

  return (
    <>
      <header className="desk-head">
        <div>
          <h1>{t('actions.title')}</h1>
          <p>{t('actions.lead')}</p>
        </div>
        <div className="buttons">
          <Link className="button" to="/desk/actions/new">
            {t('actions.new')}
          </Link>
        </div>
      </header>
      <div className="filters" role="search">
        <label className="sr-only" htmlFor="action-search">
          {t('actions.search')}
        </label>
        <input
          id="action-search"
          className="input"
          type="search"
          placeholder={t('actions.search')}
          value={query}
          onChange={(event) => {
            set({ q: event.target.value });
          }}
        />
        {STATUSES.map((name) => (
          <button
            key={name}
            type="button"
            className="chip"
            aria-pressed={status === name}
            onClick={() => {
              set({ status: status === name ? null : name });
            }}
          >
            {t(`actions.status_${name}`)}
          </button>
        ))}
      </div>
      <section className="pane" aria-label={t('actions.title')}>
        {list.isPending ? (
          <div className="pane-body">
            <Skeleton lines={6} />
          </div>
        ) : list.isError ? (
          <div className="pane-body">
            <Trouble error={list.error} retry={() => void list.refetch()} />
          </div>
        ) : shown.length === 0 ? (
          <div className="pane-body">
            <Blank title={t(query || status ? 'actions.none_found' : 'actions.none')}>
              <p>{t('actions.none_why')}</p>
              <Link className="button line" to="/desk/actions/new">
                {t('actions.new')}
              </Link>
            </Blank>
          </div>
        ) : (
          <div className="table-scroll" tabIndex={0} role="group" aria-label={t('actions.title')}>
            <table className="table">
              <thead>
                <tr>
                  {(['title', 'starts'] as const).map((name) => (
                    <th
                      key={name}
                      scope="col"
                      aria-sort={sort === name ? (name === 'starts' ? 'descending' : 'ascending') : undefined}
                    >
                      <button
                        type="button"
                        onClick={() => {
                          set({ sort: name });
                        }}
                      >
                        {t(`actions.column_${name}`)}
                      </button>
                    </th>
                  ))}
                  <th scope="col">{t('actions.column_ends')}</th>
                  <th scope="col">{t('actions.column_status')}</th>
                </tr>
              </thead>
              <tbody>
                {shown.map((action) => (
                  <tr key={action.id} data-row={action.id} aria-selected={action.id === chosen}>
                    <th scope="row">
                      <Link to={to(action)}>{action.title}</Link>
                    </th>
                    <td>{day(action.starts_at)}</td>
                    <td>{day(action.ends_at)}</td>
                    <td>{t(`actions.status_${action.status}`)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        <footer>
          <span>{t('actions.shown', { count: shown.length })}</span>
          <span className="keys">
            <kbd>J</kbd> <kbd>K</kbd> {t('keys.walk')}, <kbd>{t('keys.enter')}</kbd> {t('keys.open')}
          </span>
        </footer>
      </section>
    </>
  );
}
