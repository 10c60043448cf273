import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Application, ApplicationStatus } from '@/api/shapes';
import { fold } from '@/lib/fold';
import { useFilters } from '@/lib/use-filters';
import { useRowKeys } from '@/lib/use-row-keys';
import { Blank } from '@/ui/blank';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { UndoToast } from '@/ui/undo-toast';
import { applicationQueries, decide, type Decision } from './api';
import { ApplicationPanel } from './application-panel';
import { APPLICATION_SORTS, ApplicationTable } from './application-table';

const STATUSES = ['submitted', 'contacted', 'approved', 'declined'] as const satisfies readonly ApplicationStatus[];

/** Who asks for a seat, the oldest promise first; call, then decide. */
export function ApplicationsDesk() {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const { get, set } = useFilters();
  const status = STATUSES.find((name) => name === get('status')) ?? 'submitted';
  const query = get('q');
  const sort = APPLICATION_SORTS.find((name) => name === get('sort')) ?? 'due';
  const chosen = get('application') || null;
  const list = useInfiniteQuery(applicationQueries.list(status));
  const [pending, setPending] = useState<{ application: Application; decision: Decision } | null>(null);
  const act = useMutation({
    mutationFn: decide,
    onSettled: () => queries.invalidateQueries({ queryKey: ['relays'] }),
  });

  const shown = useMemo(() => {
    const wanted = fold(query);
    const rows = (list.data?.pages ?? []).flatMap((page) => page.items);
    const key = (row: Application) =>
      sort === 'name' ? row.person.name : sort === 'seat' ? row.seat.name : (row.promise?.due_at ?? row.created_at);
    return rows
      .filter((row) => row.id !== pending?.application.id)
      .filter((row) => !wanted || fold(`${row.person.name} ${row.seat.name} ${row.person.commune}`).includes(wanted))
      .sort((a, b) => key(a).localeCompare(key(b), undefined, { numeric: true }));
  }, [list.data, query, sort, pending]);
  const ids = useMemo(() => shown.map((row) => row.id), [shown]);
  const choose = useCallback(
    (id: string) => {
      set({ application: id });
    },
    [set],
  );
  useRowKeys({ keys: ids, current: chosen, onMove: choose });
  const application = shown.find((row) => row.id === chosen);

  return (
    <>
      <header className="desk-head">
        <div>
          <h1>{list.data ? t(`applications.title_${status}`, { count: shown.length }) : t('room.applications')}</h1>
          <p>{t('applications.promise')}</p>
        </div>
      </header>
      <div className="filters" role="search">
        <label className="sr-only" htmlFor="application-search">
          {t('applications.search')}
        </label>
        <input
          id="application-search"
          className="input"
          type="search"
          placeholder={t('applications.search')}
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
              set({ status: name, application: null });
            }}
          >
            {t(`applications.status_${name}`)}
          </button>
        ))}
      </div>
      {act.isError && <Trouble error={act.error} kept={t('applications.unchanged')} />}
      <div className="duo">
        <section className="pane" aria-labelledby="applications">
          <header>
            <h2 id="applications">{t(`applications.status_${status}`)}</h2>
            <span className="note">{t('applications.oldest_first')}</span>
          </header>
          {list.isPending ? (
            <div className="pane-body">
              <Skeleton lines={8} />
            </div>
          ) : list.isError ? (
            <div className="pane-body">
              <Trouble error={list.error} retry={() => void list.refetch()} />
            </div>
          ) : shown.length === 0 ? (
            <div className="pane-body">
              <Blank title={t(query ? 'applications.none_found' : `applications.none_${status}`)}>
                <p>{t('applications.none_why')}</p>
              </Blank>
            </div>
          ) : (
            <ApplicationTable
              rows={shown}
              chosen={chosen}
              sort={sort}
              onSort={(name) => {
                set({ sort: name });
              }}
              onChoose={choose}
            />
          )}
          <footer>
            {list.hasNextPage ? (
              <button
                type="button"
                className="button line"
                disabled={list.isFetchingNextPage}
                onClick={() => void list.fetchNextPage()}
              >
                {t('common:more')}
              </button>
            ) : (
              <span>{t('applications.end', { count: shown.length })}</span>
            )}
            <span className="keys">
              <kbd>J</kbd> <kbd>K</kbd> {t('keys.walk')}
            </span>
          </footer>
        </section>
        <aside className="pane in-panel" aria-label={t('applications.panel')} aria-live="polite">
          {application ? (
            <ApplicationPanel
              key={application.id}
              application={application}
              isBusy={act.isPending}
              onDecide={(decision) => {
                if (decision.kind === 'approve') act.mutate({ id: application.id, decision });
                else setPending({ application, decision });
              }}
            />
          ) : (
            <div className="pane-body">
              <h2>{t('applications.choose')}</h2>
              <p className="muted">{t('applications.choose_why')}</p>
            </div>
          )}
        </aside>
      </div>
      {pending && (
        <UndoToast
          key={pending.application.id + pending.decision.kind}
          text={t(`applications.doing_${pending.decision.kind}`, { name: pending.application.person.name })}
          onUndo={() => {
            setPending(null);
          }}
          onDone={() => {
            act.mutate({ id: pending.application.id, decision: pending.decision });
            setPending(null);
          }}
        />
      )}
    </>
  );
}
