import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Action, LaunchRequest } from '@/api/shapes';
import { number } from '@/lib/format';
import { Skeleton } from '@/ui/skeleton';
import { Ticks } from '@/ui/ticks';
import { Trouble } from '@/ui/trouble';
import { actionQueries, agreeToLaunch, launchAction } from './api';
import { ClashesList } from './clashes-list';
import { LaunchDialog } from './launch-dialog';
import { clock } from './launch-hour';
import { ScheduleForm } from './schedule-form';
import { SecondPerson } from './second-person';

/** The dry run: whom it would reach, who is missing; then the launch, which asks for the number, and of many for a second person. */
export function LaunchPane({ action, isDirty }: { action: Action | undefined; isDirty: boolean }) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);
  /** The request of somebody else to which a yes is being said. */
  const [request, setRequest] = useState<LaunchRequest | null>(null);
  const [hour, setHour] = useState('');
  const isBefore = action?.status === 'draft' || action?.status === 'scheduled';
  const run = useQuery({ ...actionQueries.dryRun(action?.id ?? ''), enabled: Boolean(action?.abilities.launch) });
  const launch = useMutation({
    mutationFn: (asked: { id: string; expected: number }) =>
      request ? agreeToLaunch({ ...asked, request: request.id }) : launchAction(asked),
    onSuccess: async (launched) => {
      queries.setQueryData(['actions', 'one', launched.id], launched);
      await queries.invalidateQueries({ queryKey: ['actions'] });
      setAsking(false);
      if (launched.status === 'launched') await navigate(`/desk/actions/${launched.id}/board`);
    },
  });
  const rehearsals = useQuery({
    ...actionQueries.rehearsals(action?.id ?? ''),
    enabled: Boolean(action?.abilities.launch),
  });
  const times = rehearsals.data?.items.length ?? 0;
  const isRehearsed = rehearsals.data?.items.some((one) => one.version === action?.version) ?? false;
  const seats = run.data?.seats ?? 0;
  const messages = run.data?.messages ?? 0;
  const alone = run.data ? run.data.without_email - run.data.by_hand : 0;

  function begin(asked: LaunchRequest | null) {
    setRequest(asked);
    launch.reset();
    setAsking(true);
  }
  return (
    <section className="pane" aria-labelledby="dry-run">
      <header>
        <h2 id="dry-run">{t('launch.title')}</h2>
      </header>
      <div className="pane-body">
        {!action && <p className="muted">{t('launch.save_first')}</p>}
        {action && action.status !== 'draft' && action.status !== 'scheduled' && (
          <>
            <p>{t(`launch.already_${action.status}`)}</p>
            <Link className="button line" to={`/desk/actions/${action.id}/board`}>
              {t('launch.board')}
            </Link>
          </>
        )}
        {action && isBefore && !action.abilities.launch && <p className="muted">{t('launch.not_yours')}</p>}
        {action?.abilities.launch && run.isPending && <Skeleton lines={4} />}
        {action?.abilities.launch && run.isError && <Trouble error={run.error} retry={() => void run.refetch()} />}
        {action?.abilities.launch && run.data && (
          <>
            <p>
              <b>{t('launch.seats', { count: seats })}</b>
            </p>
            <Ticks
              done={seats ? run.data.with_holder / seats : 0}
              label={t('launch.share', { held: number(run.data.with_holder), total: number(seats) })}
            />
            <p>{t('launch.messages', { count: run.data.messages })}</p>
            {run.data.by_hand > 0 && <p>{t('launch.by_hand', { count: run.data.by_hand })}</p>}
            {alone > 0 && <p>{t('launch.without_email', { count: alone })}</p>}
            <p className={run.data.vacant ? 'warm' : 'muted'}>{t('launch.vacant', { count: run.data.vacant })}</p>
            {run.data.relief && (
              <p>
                {t('launch.relief', { count: run.data.relief.asked })}{' '}
                {run.data.relief.later > 0 && `${t('launch.relief_later', { count: run.data.relief.later })} `}
                {run.data.relief.none > 0 && t('launch.relief_none', { count: run.data.relief.none })}
              </p>
            )}
            {action.vacant_rule === 'organiser' && run.data.vacant > 0 && <p>{t('launch.organisers_told')}</p>}
            <ClashesList action={action} />
            {rehearsals.data && (
              <p className={times > 0 && !isRehearsed ? 'warm' : 'muted'}>
                {times === 0
                  ? t('launch.never_rehearsed')
                  : t(isRehearsed ? 'launch.rehearsed' : 'launch.rehearsed_before', { count: times })}
              </p>
            )}
            <ScheduleForm
              action={action}
              isDirty={isDirty}
              messages={messages}
              needsSecond={run.data.needs_second_person}
              hour={hour}
              onHour={setHour}
            />
            {run.data.needs_second_person && (
              <SecondPerson
                action={action}
                isDirty={isDirty}
                seats={seats}
                messages={messages}
                reached={messages + run.data.by_hand}
                launchAt={hour}
                onAgree={begin}
              />
            )}
            {!run.data.needs_second_person && action.status === 'draft' && !hour && (
              <button
                type="button"
                className="button accent"
                aria-disabled={isDirty || seats === 0}
                onClick={() => {
                  if (!isDirty && seats > 0) begin(null);
                }}
              >
                {isDirty ? t('launch.save_before') : t('launch.do', { count: seats })}
              </button>
            )}
          </>
        )}
      </div>
      {isAsking && action && (
        <LaunchDialog
          seats={seats}
          messages={messages}
          hour={request?.launch_at ? clock(request.launch_at, action.time_zone) : null}
          isPending={launch.isPending}
          error={launch.error}
          onLaunch={() => {
            launch.mutate({ id: action.id, expected: messages });
          }}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </section>
  );
}
