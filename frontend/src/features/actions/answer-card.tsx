import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Assignment } from '@/api/shapes';
import { day, instant, isSameDay, time } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { type Turn, WaitingCard } from '@/ui/waiting-card';
import { answerAssignment } from './api';
import { WhatPrevents } from './what-prevents';

interface Props {
  assignment: Assignment;
  /** On the first screen the card leads to the brief; beside the brief it does not. */
  hasLink?: boolean;
  /** One comes first and titles the screen; what asks nothing any more is there to be read. */
  turn?: Turn;
}

/** What an action asks, until when, and two answers within reach of a thumb. */
export function AnswerCard({ assignment, hasLink = false, turn = 'one_thing' }: Props) {
  const { t } = useTranslation('member');
  const queries = useQueryClient();
  const { action, abilities } = assignment;
  const answer = useMutation({
    mutationFn: answerAssignment,
    onSuccess: (changed) => {
      queries.setQueryData(['actions', 'assignments', changed.id], changed);
      return queries.invalidateQueries({ queryKey: ['actions', 'assignments'] });
    },
  });
  const isRelieved = assignment.is_relieved;
  const isOpen = abilities.accept && assignment.answer === 'waiting';
  const isOver = action.status !== 'launched';
  const isFirst = turn === 'one_thing';
  return (
    <WaitingCard
      id={`card-${assignment.id}`}
      turn={turn}
      isWarm={isOpen}
      note={
        isOpen ? (
          <Raised text={t('card.answer_before', { at: day(action.starts_at) })} />
        ) : (
          t(
            isOver || assignment.answer === 'expired'
              ? 'card.over'
              : isRelieved
                ? 'card.relieved'
                : assignment.is_next_door && assignment.answer === 'accepted'
                  ? 'card.next_door'
                  : `card.${assignment.answer}`,
          )
        )
      }
      title={<Raised text={action.title} />}
    >
      <dl className="facts">
        {isSameDay(action.starts_at, action.ends_at) ? (
          <div>
            <dt>{t('card.when')}</dt>
            <dd>
              <Raised
                text={t('card.window', {
                  day: day(action.starts_at),
                  from: time(action.starts_at),
                  to: time(action.ends_at),
                })}
              />
            </dd>
          </div>
        ) : (
          <>
            <div>
              <dt>{t('card.from')}</dt>
              <dd>
                <Raised text={instant(action.starts_at)} />
              </dd>
            </div>
            <div>
              <dt>{t('card.to')}</dt>
              <dd>
                <Raised text={instant(action.ends_at)} />
              </dd>
            </div>
          </>
        )}
        <div>
          <dt>{t('card.where')}</dt>
          <dd>
            <Raised text={assignment.seat.name} />
          </dd>
        </div>
      </dl>
      {isOpen && (
        <>
          <div className="yes-no">
            <button
              type="button"
              className={isFirst ? 'button accent tall' : 'button tall'}
              disabled={answer.isPending}
              onClick={() => {
                answer.mutate({ id: assignment.id, answer: 'accept' });
              }}
            >
              {t('card.yes')}
            </button>
            <button
              type="button"
              className="button line tall"
              disabled={answer.isPending}
              onClick={() => {
                answer.mutate({ id: assignment.id, answer: 'decline', reason: '' });
              }}
            >
              {t('card.no')}
            </button>
          </div>
          <p className="note">{t('card.free')}</p>
          <WhatPrevents
            isPending={answer.isPending}
            onSend={(reason) => {
              answer.mutate({ id: assignment.id, answer: 'block', reason });
            }}
          />
        </>
      )}
      {isRelieved && !isOver && <p>{t('card.relieved_why')}</p>}
      {!isOpen && !isOver && abilities.accept && (
        <p className="note">
          {t('card.changed_mind')}{' '}
          <button
            type="button"
            className="button bare"
            disabled={answer.isPending}
            onClick={() => {
              answer.mutate({ id: assignment.id, answer: 'accept' });
            }}
          >
            {t('card.yes_after_all')}
          </button>
        </p>
      )}
      {!isOpen && !isOver && assignment.answer === 'accepted' && abilities.decline && (
        <p className="note">
          {t('card.thanks')}{' '}
          <button
            type="button"
            className="button bare"
            disabled={answer.isPending}
            onClick={() => {
              answer.mutate({ id: assignment.id, answer: 'decline', reason: '' });
            }}
          >
            {t('card.no_after_all')}
          </button>
        </p>
      )}
      {answer.isError && <Trouble error={answer.error} kept={t('card.try_again')} />}
      {hasLink && (
        <Link className={isOpen ? 'button bare wide' : 'button wide'} to={`/assignments/${assignment.id}`}>
          {t(
            abilities.report && !isOpen && (assignment.answer === 'accepted' || assignment.answer === 'reported')
              ? assignment.answer === 'reported'
                ? 'card.see_report'
                : 'card.report'
              : 'card.read',
          )}
        </Link>
      )}
    </WaitingCard>
  );
}
