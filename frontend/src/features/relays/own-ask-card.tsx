import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { OwnAsk } from '@/api/shapes';
import { day } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { type Turn, WaitingCard } from '@/ui/waiting-card';
import { answerAsk } from './filling-api';

/** A question that waits for my answer: whether I would stand in next door, or hold a seat. */
export function OwnAskCard({ ask, turn = 'also' }: { ask: OwnAsk; turn?: Turn }) {
  const { t } = useTranslation('member');
  const queries = useQueryClient();
  const answer = useMutation({
    mutationFn: answerAsk,
    // Taken back: the question is gone from the list, and whoever pressed still reads why.
    onSettled: (answered) =>
      answered?.status === 'taken_back' ? undefined : queries.invalidateQueries({ queryKey: ['relays'] }),
  });
  return (
    <WaitingCard
      id={`ask-${ask.id}`}
      turn={turn}
      title={<Raised text={t(`asked.${ask.kind}`, { place: ask.seat.name })} />}
    >
      {answer.data?.status === 'taken_back' ? (
        <p role="status">{t('asked.taken')}</p>
      ) : ask.status === 'agreed' ? (
        <p>{t('asked.agreed')}</p>
      ) : (
        <>
          <p>{t(`asked.${ask.kind}_why`)}</p>
          <div className="buttons">
            {ask.kind === 'stand_in' ? (
              <>
                <button
                  type="button"
                  className="button"
                  disabled={answer.isPending}
                  onClick={() => {
                    answer.mutate({ id: ask.id, answer: 'yes' });
                  }}
                >
                  {t('asked.yes')}
                </button>
                <button
                  type="button"
                  className="button line"
                  disabled={answer.isPending}
                  onClick={() => {
                    answer.mutate({ id: ask.id, answer: 'no' });
                  }}
                >
                  {t('asked.no')}
                </button>
              </>
            ) : (
              <a className="button" href={ask.path}>
                {t('asked.open')}
              </a>
            )}
          </div>
          <p className="note">
            <Raised text={t('asked.until', { day: day(ask.ends_at) })} />
          </p>
        </>
      )}
      {answer.isError && <Trouble error={answer.error} />}
    </WaitingCard>
  );
}
