import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '@/api/shapes';
import { Dialog } from '@/ui/dialog';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { actionQueries, stopAction } from './api';

/** Stop a running action: says to how many people it matters, and asks once. */
export function StopAction({ action }: { action: Action }) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  // Asked anew each time: a number that is known from before is not what will happen now.
  const run = useQuery({ ...actionQueries.dryRun(action.id), enabled: isAsking });
  const stop = useMutation({
    mutationFn: stopAction,
    onSuccess: async (stopped) => {
      setAsking(false);
      queries.setQueryData(['actions', 'one', stopped.id], stopped);
      await queries.invalidateQueries({ queryKey: ['actions'] });
    },
    // Somebody answered meanwhile: the number is shown anew, and pressing again agrees to it.
    onError: () => void run.refetch(),
  });
  return (
    <>
      <button
        type="button"
        className="button stop"
        onClick={() => {
          setAsking(true);
        }}
      >
        {t('stop.do')}
      </button>
      {isAsking && (
        <Dialog
          title={t('stop.sure')}
          role="alertdialog"
          onClose={() => {
            setAsking(false);
          }}
        >
          {run.isFetching && <Skeleton lines={2} />}
          {run.isError && <Trouble error={run.error} retry={() => void run.refetch()} />}
          {run.data && !run.isFetching && <p>{t('stop.what', { count: run.data.to_stop })}</p>}
          <p className="muted">{t('stop.kept')}</p>
          {stop.isError && <Trouble error={stop.error} kept={t('stop.still')} />}
          <div className="buttons">
            <button
              type="button"
              className="button line"
              onClick={() => {
                setAsking(false);
              }}
            >
              {t('stop.continue')}
            </button>
            <button
              type="button"
              className="button stop"
              disabled={stop.isPending || run.isFetching || !run.isSuccess}
              onClick={() => {
                stop.mutate({ id: action.id, expected: run.data?.to_stop ?? 0 });
              }}
            >
              {t('stop.do')}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
