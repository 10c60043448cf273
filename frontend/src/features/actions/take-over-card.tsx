import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { TakeOver } from '@/api/shapes';
import { instant } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { type Turn, WaitingCard } from '@/ui/waiting-card';
import { answerTakeOver } from './api';

/** A neighbour is asked whether they take over what the next place is asked; a yes brings its brief among their own. */
export function TakeOverCard({ question, turn }: { question: TakeOver; turn: Turn }) {
  const { t } = useTranslation('member');
  const queries = useQueryClient();
  const answer = useMutation({
    mutationFn: answerTakeOver,
    onSettled: () => queries.invalidateQueries({ queryKey: ['actions'] }),
  });
  const say = (said: 'accept' | 'decline') => () => {
    answer.mutate({ id: question.id, answer: said });
  };
  return (
    <WaitingCard
      id={`take-over-${question.id}`}
      turn={turn}
      isWarm
      note={<Raised text={t('take_over.until', { title: question.title, at: instant(question.starts_at) })} />}
      title={<Raised text={t('take_over.title', { place: question.seat.name })} />}
    >
      <p>{t('take_over.why')}</p>
      <div className="yes-no">
        <button
          type="button"
          className={turn === 'one_thing' ? 'button accent tall' : 'button tall'}
          disabled={answer.isPending}
          onClick={say('accept')}
        >
          {t('take_over.yes')}
        </button>
        <button type="button" className="button line tall" disabled={answer.isPending} onClick={say('decline')}>
          {t('take_over.no')}
        </button>
      </div>
      <p className="note">{t('take_over.free')}</p>
      {answer.isError && <Trouble error={answer.error} kept={t('card.try_again')} />}
    </WaitingCard>
  );
}
