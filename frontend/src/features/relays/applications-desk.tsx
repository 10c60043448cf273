import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { Application } from '@/api/shapes';
import { useDebounced } from '@/lib/use-debounced';
import { useFilters } from '@/lib/use-filters';
import { Blank } from '@/ui/blank';
import { DeskHead } from '@/ui/desk-head';
import { Filters } from '@/ui/filters';
import { ListBody } from '@/ui/list-body';
import { ListFoot } from '@/ui/list-foot';
import { Pane } from '@/ui/pane';
import { SidePanel } from '@/ui/side-panel';
import { Trouble } from '@/ui/trouble';
import { UndoToast } from '@/ui/undo-toast';
import { type ApplicationList, applicationQueries, decide, type Decision } from './api';
import { ApplicationPanel } from './application-panel';
import { APPLICATION_SORTS, ApplicationTable } from './application-table';
import { QueueBar } from './queue-bar';

const LISTS = [
  'submitted',
  'climbed',
  'held',
  'contacted',
  'approved',
  'declined',
  'withdrawn',
] as const satisfies readonly ApplicationList[];

/** Those in which a promise runs. */
const WAIT = new Set<ApplicationList>(['submitted', 'climbed']);

const NONE_WHY = {
  submitted: 'applications.none_why',
  climbed: 'applications.none_why',
  held: 'applications.none_held_why',
  contacted: 'applications.none_why',
  approved: 'applications.none_why',
  declined: 'applications.none_why',
  withdrawn: 'applications.none_withdrawn_why',
} as const satisfies Record<ApplicationList, string>;

/** Who asks for a seat, the promise that is due soonest first; call, then decide. */
export function ApplicationsDesk() {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const { get, set } = useFilters();
  const status = LISTS.find((name) => name === get('status')) ?? 'submitted';
  const query = get('q');
  const sort = APPLICATION_SORTS.find((name) => name === get('sort')) ?? 'due';
  const chosen = get('application') || null;
  const settled = useDebounced(query.trim());
  // A search begins with its second letter.
  const asked = { ...(settled.length < 2 ? {} : { q: settled }), ...(sort === 'due' ? {} : { sort }) };
  const list = useInfiniteQuery({
    ...applicationQueries.list(status, asked),
    // Rows stay while a search comes, never while another list does: what is done to all of them is done to those shown.
    placeholderData: (rows, from) => (from?.queryKey[2].name === status ? rows : undefined),
  });
  const queue = useQuery(applicationQueries.queue);
  const held = queue.data?.waiting ?? 0;
  // What a mail led to may stand in another list, or on a page that is not loaded.
  const [linked, setLinked] = useState(chosen);
  const [pending, setPending] = useState<{ application: Application; decision: Decision } | null>(null);
  const act = useMutation({
    mutationFn: decide,
    onSuccess: () => {
      setLinked(null);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['relays'] }),
  });

  const shown = useMemo(() => {
    const rows = (list.data?.pages ?? []).flatMap((page) => page.items);
    return rows.filter((row) => row.id !== pending?.application.id);
  }, [list.data, pending]);
  // A search and a first page say nothing of how many there are.
  const isWhole = list.isSuccess && !list.hasNextPage && !query;
  const listed = shown.find((row) => row.id === chosen);
  const isSought =
    linked !== null && linked === chosen && linked !== pending?.application.id && list.isSuccess && !listed;
  const alone = useQuery({ ...applicationQueries.one(linked ?? ''), enabled: isSought });
  const isGone = alone.isError && asProblem(alone.error).status === 404;
  const application = listed ?? (isSought ? alone.data : undefined);

  return (
    <>
      <DeskHead
        title={isWhole ? t(`applications.title_${status}`, { count: shown.length }) : t('room.applications')}
        lead={t('applications.promise')}
      />
      <Filters
        label={t('applications.search')}
        query={query}
        onQuery={(q) => {
          set({ q });
        }}
        chips={LISTS.filter((name) => name !== 'held' || held > 0 || status === 'held').map((name) => ({
          name,
          content: (
            <>
              {t(`applications.status_${name}`)} {name === 'held' && held > 0 && <b>{held}</b>}
            </>
          ),
        }))}
        pressed={status}
        onPress={(name) => {
          set({ status: name, application: null });
        }}
      />
      {act.isError && <Trouble error={act.error} kept={t('applications.unchanged')} />}
      <div className="duo">
        <Pane
          title={t(`applications.status_${status}`)}
          note={sort === 'due' && WAIT.has(status) && t('applications.oldest_first')}
        >
          <ListBody
            list={list}
            blank={
              shown.length === 0 && (
                <Blank title={t(query ? 'applications.none_found' : `applications.none_${status}`)}>
                  <p>{t(query ? 'applications.none_found_why' : NONE_WHY[status])}</p>
                </Blank>
              )
            }
          >
            {status === 'held' && shown.length > 0 && <QueueBar ids={shown.map((row) => row.id)} />}
            <ApplicationTable
              label={t(`applications.status_${status}`)}
              rows={shown}
              sort={sort}
              onSort={(name) => {
                set({ sort: name });
              }}
              chosen={chosen}
              onChoose={(id) => {
                set({ application: id });
              }}
            />
          </ListBody>
          <ListFoot keys="walk" more={list}>
            {list.data && !list.hasNextPage && t('applications.end', { count: shown.length })}
          </ListFoot>
        </Pane>
        <SidePanel
          label={t('applications.panel')}
          title={t('applications.choose')}
          why={t('applications.choose_why')}
          isWalked
        >
          {application ? (
            <ApplicationPanel
              key={application.id}
              application={application}
              isBusy={act.isPending}
              onDecide={(decision) => {
                if (decision.kind === 'approve' || decision.kind === 'release') act.mutate({ application, decision });
                else setPending({ application, decision });
              }}
            />
          ) : isSought && alone.isError ? (
            <div className="pane-body">
              {isGone ? (
                <>
                  <h2>{t('applications.gone')}</h2>
                  <p className="muted">{t('applications.gone_why')}</p>
                </>
              ) : (
                <Trouble error={alone.error} retry={() => void alone.refetch()} />
              )}
            </div>
          ) : null}
        </SidePanel>
      </div>
      {pending && (
        <UndoToast
          key={pending.application.id + pending.decision.kind}
          text={t(`applications.doing_${pending.decision.kind}`, { name: pending.application.person.name })}
          onUndo={() => {
            setPending(null);
          }}
          onDone={() => {
            act.mutate(pending);
            setPending(null);
          }}
        />
      )}
    </>
  );
}
