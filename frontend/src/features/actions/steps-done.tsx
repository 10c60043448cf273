import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { moment } from '@/lib/format';
import { useNow } from '@/lib/use-now';
import { Raised } from '@/ui/raised';
import { stepQueries } from './api';
import { stepSaid } from './step-words';
import type { BoardSteps } from './use-board-steps';

/** What organisers did from this board and who did it, the latest first; what can still be undone, is undone here. */
export function StepsDone({ action, isLive, steps }: { action: string; isLive: boolean; steps: BoardSteps }) {
  const { t } = useTranslation('organiser');
  const now = useNow();
  const done = useQuery({ ...stepQueries.all(action), refetchInterval: isLive ? 60_000 : false });
  const items = done.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="panel-section" aria-labelledby="steps-done">
      <h3 id="steps-done">{t('steps.done')}</h3>
      <ol className="feed" aria-live="off">
        {items.slice(0, 8).map((step) => (
          <li key={step.id}>
            <time dateTime={step.at}>{moment(step.at, now)}</time>
            <span>
              <Raised text={stepSaid(step, t)} />
              {step.by && `, ${t('steps.by', { name: step.by })}`}
              {step.undone_at && `, ${t('steps.undone')}`}
              {step.can_undo && isLive && (
                <>
                  {' '}
                  <button
                    type="button"
                    className="button bare"
                    disabled={steps.undoing.isPending}
                    onClick={() => {
                      steps.undoing.mutate(step.id);
                    }}
                  >
                    {t('steps.undo')}
                  </button>
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
