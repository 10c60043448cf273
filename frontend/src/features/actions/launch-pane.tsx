import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Action } from '@/api/shapes';
import { number } from '@/lib/format';
import { Dialog } from '@/ui/dialog';
import { Field } from '@/ui/field';
import { Skeleton } from '@/ui/skeleton';
import { Ticks } from '@/ui/ticks';
import { Trouble } from '@/ui/trouble';
import { actionQueries, launchAction } from './api';

/** The dry run: whom it would reach, who is missing; then the launch, which asks for the number. */
export function LaunchPane({ action, isDirty }: { action: Action | undefined; isDirty: boolean }) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);
  const [typed, setTyped] = useState('');
  const run = useQuery({ ...actionQueries.dryRun(action?.id ?? ''), enabled: Boolean(action?.abilities.launch) });
  const launch = useMutation({
    mutationFn: launchAction,
    onSuccess: async (launched) => {
      queries.setQueryData(['actions', 'one', launched.id], launched);
      await queries.invalidateQueries({ queryKey: ['actions'] });
      await navigate(`/desk/actions/${launched.id}/board`);
    },
  });
  const rehearsals = useQuery({
    ...actionQueries.rehearsals(action?.id ?? ''),
    enabled: Boolean(action?.abilities.launch),
  });
  const times = rehearsals.data?.items.length ?? 0;
  const isRehearsed = rehearsals.data?.items.some((one) => one.version === action?.version) ?? false;
  const seats = run.data?.seats ?? 0;
  const alone = run.data ? run.data.without_email - run.data.by_hand : 0;
  return (
    <section className="pane" aria-labelledby="dry-run">
      <header>
        <h2 id="dry-run">{t('launch.title')}</h2>
      </header>
      <div className="pane-body">
        {!action && <p className="muted">{t('launch.save_first')}</p>}
        {action && action.status !== 'draft' && (
          <>
            <p>{t(`launch.already_${action.status}`)}</p>
            <Link className="button line" to={`/desk/actions/${action.id}/board`}>
              {t('launch.board')}
            </Link>
          </>
        )}
        {action?.status === 'draft' && !action.abilities.launch && <p className="muted">{t('launch.not_yours')}</p>}
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
            {rehearsals.data && (
              <p className={times > 0 && !isRehearsed ? 'warm' : 'muted'}>
                {times === 0
                  ? t('launch.never_rehearsed')
                  : t(isRehearsed ? 'launch.rehearsed' : 'launch.rehearsed_before', { count: times })}
              </p>
            )}
            <button
              type="button"
              className="button accent"
              aria-disabled={isDirty || seats === 0}
              onClick={() => {
                if (!isDirty && seats > 0) {
                  setTyped('');
                  launch.reset();
                  setAsking(true);
                }
              }}
            >
              {isDirty ? t('launch.save_before') : t('launch.do', { count: seats })}
            </button>
          </>
        )}
      </div>
      {isAsking && action && (
        <Dialog
          title={t('launch.sure', { count: seats })}
          role="alertdialog"
          onClose={() => {
            setAsking(false);
          }}
        >
          <p>{t('launch.what', { count: run.data?.messages ?? 0 })}</p>
          <form
            className="fields"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              // React bubbles through the dialog's portal: the editor's own form must not hear this.
              event.stopPropagation();
              if (typed.trim() === String(seats)) launch.mutate({ id: action.id, expected: run.data?.messages ?? 0 });
            }}
          >
            <Field
              label={t('launch.type', { number: seats })}
              inputMode="numeric"
              autoComplete="off"
              value={typed}
              onChange={(event) => {
                setTyped(event.target.value);
              }}
              error={
                typed && !String(seats).startsWith(typed.trim())
                  ? t('launch.other_number', { number: seats })
                  : undefined
              }
            />
            {launch.isError && <Trouble error={launch.error} kept={t('launch.nothing_sent')} />}
            <div className="buttons">
              <button type="submit" className="button" disabled={typed.trim() !== String(seats) || launch.isPending}>
                {t('launch.do', { count: seats })}
              </button>
              <button
                type="button"
                className="button line"
                onClick={() => {
                  setAsking(false);
                }}
              >
                {t('common:cancel')}
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </section>
  );
}
