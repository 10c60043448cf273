import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Trouble } from '@/ui/trouble';
import { answerHeld } from './api';
import { DeclineForm } from './decline-form';

/** What can be done with everybody who waits for a look, all at once: the same as one by one. */
export function QueueBar({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const [isDeclining, setDeclining] = useState(false);
  const answer = useMutation({
    mutationFn: answerHeld,
    onSuccess: () => {
      setDeclining(false);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['relays'] }),
  });
  const count = ids.length;
  return (
    <div className="pane-body">
      <p>{t('applications.queue_why')}</p>
      {answer.isError && <Trouble error={answer.error} kept={t('applications.unchanged')} />}
      {isDeclining ? (
        <DeclineForm
          label={t('applications.decline_all_words')}
          deed={t('applications.decline_all', { count })}
          small={t('applications.decline_all_small')}
          isBusy={answer.isPending}
          onCancel={() => {
            setDeclining(false);
          }}
          onDecline={(words) => {
            answer.mutate({ ids, words });
          }}
        />
      ) : (
        <div className="buttons">
          <button
            type="button"
            className="button"
            disabled={answer.isPending}
            onClick={() => {
              answer.mutate({ ids });
            }}
          >
            {t('applications.release', { count })} <small>{t('applications.release_small')}</small>
          </button>
          <button
            type="button"
            className="button line"
            disabled={answer.isPending}
            onClick={() => {
              setDeclining(true);
            }}
          >
            {t('applications.decline_all', { count })} <small>{t('applications.decline_all_small')}</small>
          </button>
        </div>
      )}
    </div>
  );
}
