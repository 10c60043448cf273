import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AnswerQuestion } from '@/api/shapes';
import { dated } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { type Turn, WaitingCard } from '@/ui/waiting-card';
import { tellIfAnswered } from './answering-api';

/** I wrote to an office holder two or three weeks ago: did they answer? */
export function AnsweredCard({ question, turn }: { question: AnswerQuestion; turn: Turn }) {
  const { t } = useTranslation('member');
  const queries = useQueryClient();
  const telling = useMutation({
    mutationFn: tellIfAnswered,
    onSettled: () => queries.invalidateQueries({ queryKey: ['advocacy'] }),
  });
  const say = (was_answered: boolean) => () => {
    telling.mutate({ id: question.id, was_answered });
  };
  return (
    <WaitingCard
      id={`answered-${question.id}`}
      turn={turn}
      note={<Raised text={question.office_holder.area.name} />}
      title={t('answered.title', { name: question.office_holder.full_name })}
    >
      <p>
        {t('answered.what', {
          kind: t(`answered.kind.${question.kind}`),
          day: dated(question.asked_on),
          about: question.about,
        })}
      </p>
      <div className="yes-no">
        <button type="button" className="button tall" disabled={telling.isPending} onClick={say(true)}>
          {t('answered.yes')}
        </button>
        <button type="button" className="button line tall" disabled={telling.isPending} onClick={say(false)}>
          {t('answered.no')}
        </button>
      </div>
      {telling.isError && <Trouble error={telling.error} />}
    </WaitingCard>
  );
}
