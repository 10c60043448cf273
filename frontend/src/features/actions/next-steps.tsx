import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardLine, LineSteps } from '@/api/shapes';
import { useNow } from '@/lib/use-now';
import { Raised } from '@/ui/raised';
import { Select } from '@/ui/select';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { stepQueries } from './api';
import { LineHistory } from './line-history';
import { hourOf, stepSaid } from './step-words';
import type { BoardSteps } from './use-board-steps';

interface Props {
  action: string;
  line: BoardLine;
  steps: BoardSteps;
  canStep: boolean;
}

/** What happened to a line, then the three next steps, each with what it does in small; R relaunches. */
export function NextSteps({ action, line, steps, canStep }: Props) {
  const { t } = useTranslation('organiser');
  const now = useNow();
  const known = useQuery(stepQueries.line(action, line));
  const [chosen, setChosen] = useState('');
  const { taking, undoing } = steps;
  const data = known.data;
  const first = (line.neighbour ?? line.holder ?? '').split(' ')[0] ?? '';
  const neighbour = data?.neighbours.find((one) => one.id === chosen) ?? data?.neighbours[0];
  const isBusy = taking.isPending || undoing.isPending;
  const canRelaunch = canStep && Boolean(data && data.relaunch.number > 0) && !isBusy;
  const { mutate } = taking;
  const relaunch = useCallback(() => {
    mutate({ kind: 'relaunch', assignments: [line.id], expected: 1 });
  }, [mutate, line.id]);

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const target = event.target as HTMLElement;
      if (event.key !== 'r' || event.ctrlKey || event.metaKey || event.altKey || event.repeat || !canRelaunch) return;
      if (target.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="alertdialog"]')) return;
      event.preventDefault();
      relaunch();
    }
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
    };
  }, [canRelaunch, relaunch]);

  if (known.isPending) return <Skeleton lines={4} />;
  if (known.isError || !data) return <Trouble error={known.error} retry={() => void known.refetch()} />;
  return (
    <>
      <LineHistory history={data.history} line={line} />
      {canStep && (
        <section className="panel-section">
          <h3>{t('what_to_do')}</h3>
          <div className="deeds">
            {data.relaunch.number > 0 && (
              <button type="button" className="button" disabled={isBusy} onClick={relaunch}>
                {t('steps.relaunch', { name: first })} <small>{t('steps.nth', { number: line.reminded + 1 })}</small>
              </button>
            )}
            {data.relaunch.to_call > 0 && <p className="warm">{t('steps.call_now', { name: first })}</p>}
            {data.relaunch.paused > 0 && <p className="muted">{t('steps.pauses', { name: first })}</p>}
            {data.relaunch.unreached > 0 && <p className="muted">{t('steps.cannot_reach', { name: first })}</p>}
            {neighbour && line.answer === 'accepted' && <p className="warm">{t('steps.relieves', { name: first })}</p>}
            {neighbour && (
              <button
                type="button"
                className="button line"
                disabled={isBusy}
                onClick={() => {
                  taking.mutate({
                    kind: 'hand_over',
                    assignments: [line.id],
                    neighbour: neighbour.id,
                    expected: 1,
                  });
                }}
              >
                {t('steps.hand_over', { name: neighbour.name })} <small>{carries(neighbour, t)}</small>
              </button>
            )}
            {data.neighbours.length > 1 && (
              <Select
                label={t('steps.other_neighbour')}
                value={neighbour?.id ?? ''}
                options={data.neighbours.map((one) => ({
                  value: one.id,
                  label: `${one.name}, ${one.place}, ${carries(one, t)}`,
                }))}
                onChange={(event) => {
                  setChosen(event.target.value);
                }}
              />
            )}
            {data.can_hand_over && data.neighbours.length === 0 && (
              <p className="muted">{t(data.elsewhere > 0 ? 'steps.neighbours_elsewhere' : 'steps.no_neighbour')}</p>
            )}
            {data.excuse.number > 0 && (
              <button
                type="button"
                className="button line"
                disabled={isBusy}
                onClick={() => {
                  taking.mutate({ kind: 'excuse', assignments: [line.id], expected: 1 });
                }}
              >
                {t('steps.excuse')} <small>{t('steps.until_midnight')}</small>
              </button>
            )}
            {data.steps.map((step) => (
              <p key={step.id} className="note">
                <Raised
                  text={
                    step.undo_until
                      ? t('steps.toast_until', { said: stepSaid(step, t), at: hourOf(step.undo_until, now) })
                      : stepSaid(step, t)
                  }
                />{' '}
                <button
                  type="button"
                  className="button bare"
                  disabled={isBusy}
                  onClick={() => {
                    undoing.mutate(step.id);
                  }}
                >
                  {t('steps.undo')}
                </button>
              </p>
            ))}
          </div>
          {taking.isError && <Trouble error={taking.error} kept={t('steps.nothing_done')} />}
          {undoing.isError && <Trouble error={undoing.error} />}
        </section>
      )}
    </>
  );
}

type Neighbour = LineSteps['neighbours'][number];

function carries(one: Neighbour, t: TFunction): string {
  const load = one.carries + one.asked;
  return load === 0 ? t('steps.free') : t('steps.carries', { count: load });
}
