import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '@/lib/use-now';
import { Dialog } from '@/ui/dialog';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { stepQueries } from './api';
import { relaunchSaid } from './step-words';
import type { BoardSteps } from './use-board-steps';

/** Relaunch all the late ones: says whom it reaches and how, then does it to that number. */
export function RelaunchLate({ action, late, steps }: { action: string; late: number; steps: BoardSteps }) {
  const { t } = useTranslation('organiser');
  const now = useNow();
  const [isAsking, setAsking] = useState(false);
  const preview = useQuery({ ...stepQueries.relaunch(action), enabled: isAsking });
  const { taking } = steps;
  const number = preview.data?.number ?? 0;
  return (
    <>
      <button
        type="button"
        className="button accent"
        onClick={() => {
          taking.reset();
          setAsking(true);
        }}
      >
        {t('steps.relaunch_late', { count: late })}
      </button>
      {isAsking && (
        <Dialog
          title={t('steps.relaunch_sure', { count: late })}
          onClose={() => {
            setAsking(false);
          }}
        >
          {preview.isFetching && <Skeleton lines={3} />}
          {preview.isError && <Trouble error={preview.error} retry={() => void preview.refetch()} />}
          {preview.data && !preview.isFetching && (
            <>
              {relaunchSaid(preview.data, now, t).map((sentence) => (
                <p key={sentence}>
                  <Raised text={sentence} />
                </p>
              ))}
              {number > 0 && <p className="muted">{t('steps.undo_until_it_leaves')}</p>}
            </>
          )}
          {taking.isError && <Trouble error={taking.error} kept={t('steps.nothing_done')} />}
          <div className="buttons">
            <button
              type="button"
              className="button"
              disabled={taking.isPending || preview.isFetching || number === 0}
              onClick={() => {
                taking.mutate(
                  { kind: 'relaunch', expected: number },
                  {
                    onSuccess: () => {
                      setAsking(false);
                    },
                    // Somebody answered meanwhile: the number is shown anew, and pressing again agrees to it.
                    onError: () => void preview.refetch(),
                  },
                );
              }}
            >
              {t('steps.remind', { count: number })}
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
        </Dialog>
      )}
    </>
  );
}
