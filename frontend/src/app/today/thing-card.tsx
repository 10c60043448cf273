import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Companions } from '@/api/shapes';
import { AnswerCard } from '@/features/actions/answer-card';
import { clock } from '@/features/actions/launch-hour';
import { TakeOverCard } from '@/features/actions/take-over-card';
import { AnsweredCard } from '@/features/advocacy/answered-card';
import { LettersWaiting } from '@/features/messaging/letters-waiting';
import { CharterAsked } from '@/features/people/charter-asked';
import { CallCard } from '@/features/relays/call-card';
import { CompanionCard } from '@/features/relays/companion-card';
import { OwnAskCard } from '@/features/relays/own-ask-card';
import { day, instant } from '@/lib/format';
import { PromiseClock } from '@/ui/promise-clock';
import { Raised } from '@/ui/raised';
import { type Turn, WaitingCard } from '@/ui/waiting-card';
import type { Thing } from './what-waits';

interface Props {
  thing: Thing;
  turn: Turn;
  /** My confirmed contacts, among which a newcomer chooses. */
  contacts: Companions['contacts'];
}

/** One thing that waits, as its own hall draws it; what is done on a screen of its own says where, until when, and leads there. */
export function ThingCard({ thing, turn, contacts }: Props) {
  const { t } = useTranslation('member');
  const more = (count: number): ReactNode =>
    count > 1 && <p className="note">{t('waits.more', { count: count - 1 })}</p>;
  const button = turn === 'one_thing' ? 'button wide tall' : 'button line';
  switch (thing.kind) {
    case 'call':
      return (
        <WaitingCard
          id="waits-call"
          turn={turn}
          isWarm
          note={<Raised text={t('waits.before', { at: instant(thing.by) })} />}
          title={<Raised text={t('waits.call', { place: thing.call.place })} />}
        >
          <PromiseClock startedAt={thing.call.started_at} dueAt={thing.call.due_at} />
          <Link className={button} to={`/desk/applications?application=${thing.call.application}`}>
            {t('waits.call_do')}
          </Link>
          {more(thing.call.count)}
        </WaitingCard>
      );
    case 'concern':
      return (
        <WaitingCard
          id="waits-concern"
          turn={turn}
          isWarm
          note={thing.by && <Raised text={t('waits.before', { at: instant(thing.by) })} />}
          title={t(thing.concern.taken_at ? 'waits.concern_taken' : 'waits.concern')}
        >
          {thing.concern.taken_at && <p>{t('waits.concern_why')}</p>}
          <Link className={button} to="/concerns">
            {t('waits.concern_do')}
          </Link>
          {more(thing.concern.count)}
        </WaitingCard>
      );
    case 'message':
      return (
        <WaitingCard
          id="waits-message"
          turn={turn}
          isWarm
          note={<Raised text={t('waits.since', { at: instant(thing.by) })} />}
          title={<Raised text={t('waits.message', { place: thing.message.place })} />}
        >
          <p>{t('waits.message_why')}</p>
          <Link className={button} to="/seat/messages">
            {t('waits.message_do')}
          </Link>
          {more(thing.message.count)}
        </WaitingCard>
      );
    case 'held':
      return (
        <WaitingCard
          id="waits-held"
          turn={turn}
          isWarm
          note={<Raised text={t('waits.since', { at: instant(thing.by) })} />}
          title={<Raised text={t('waits.held', { place: thing.held.place })} />}
        >
          <p>{t('waits.held_why')}</p>
          <Link className={button} to="/desk/applications?status=held">
            {t('waits.held_do')}
          </Link>
          {more(thing.held.count)}
        </WaitingCard>
      );
    case 'launch':
      return (
        <WaitingCard
          id={`waits-launch-${thing.action.id}`}
          turn={turn}
          isWarm
          note={<Raised text={t('waits.since', { at: instant(thing.by) })} />}
          title={<Raised text={t('waits.launch', { title: thing.action.title })} />}
        >
          <p>{t('waits.launch_why')}</p>
          <Link className={button} to={`/desk/actions/${thing.action.id}`}>
            {t('waits.launch_do')}
          </Link>
        </WaitingCard>
      );
    case 'leaving':
      return (
        <WaitingCard
          id={`waits-leaving-${thing.action.id}`}
          turn={turn}
          note={<Raised text={t('waits.leaving_at', clock(thing.by, thing.action.time_zone))} />}
          title={<Raised text={t('waits.leaving', { title: thing.action.title })} />}
        >
          <p>{t('waits.leaving_why')}</p>
          <Link className={button} to={`/desk/actions/${thing.action.id}`}>
            {t('waits.leaving_do')}
          </Link>
        </WaitingCard>
      );
    case 'empty':
      return (
        <WaitingCard
          id={`waits-empty-${thing.action.id}`}
          turn={turn}
          isWarm
          note={<Raised text={t('waits.empty_until', { at: instant(thing.action.ends_at) })} />}
          title={<Raised text={t('waits.empty', { count: thing.count, title: thing.action.title })} />}
        >
          <p>{t('waits.empty_why')}</p>
          <Link className={button} to={`/desk/actions/${thing.action.id}/board?state=empty`}>
            {t('waits.empty_do')}
          </Link>
        </WaitingCard>
      );
    case 'assignment':
    case 'brief':
      return <AnswerCard assignment={thing.assignment} hasLink turn={turn} />;
    case 'take_over':
      return <TakeOverCard question={thing.question} turn={turn} />;
    case 'money':
      return (
        <WaitingCard
          id="waits-money"
          turn={turn}
          isWarm
          note={thing.by && <Raised text={t('waits.before', { at: instant(thing.by) })} />}
          title={t('waits.money', { count: thing.count })}
        >
          <p>{t('waits.money_why')}</p>
          <Link className={button} to="/desk/money/decide">
            {t('waits.money_do')}
          </Link>
        </WaitingCard>
      );
    case 'friendly_call':
      return <CallCard call={thing.call} turn={turn} />;
    case 'letters':
      return <LettersWaiting count={thing.count} turn={turn} />;
    case 'answered':
      return <AnsweredCard question={thing.question} turn={turn} />;
    case 'charter':
      return <CharterAsked version={thing.version} by={thing.by} turn={turn} />;
    case 'hand_over':
      return (
        <WaitingCard
          id="waits-hand-over"
          turn={turn}
          note={<Raised text={t('waits.last_day', { day: day(thing.by) })} />}
          title={<Raised text={t('waits.hand_over', { place: thing.handOver.place })} />}
        >
          <p>{t('waits.hand_over_why')}</p>
          <Link className={button} to="/desk/hand-overs">
            {t('waits.hand_over_do')}
          </Link>
          {more(thing.handOver.count)}
        </WaitingCard>
      );
    case 'stand_in':
      return (
        <WaitingCard
          id="waits-stand-in"
          turn={turn}
          note={<Raised text={t('waits.since', { at: instant(thing.by) })} />}
          title={<Raised text={t('waits.stand_in', { place: thing.standIn.place })} />}
        >
          <p>{t('waits.stand_in_why')}</p>
          <Link className={button} to={`/desk/filling?seat=${thing.standIn.seat}`}>
            {t('waits.stand_in_do')}
          </Link>
          {more(thing.standIn.count)}
        </WaitingCard>
      );
    case 'ask':
      return <OwnAskCard ask={thing.ask} turn={turn} />;
    case 'companion':
      return <CompanionCard companion={thing.companion} contacts={contacts} turn={turn} />;
    case 'meanwhile':
      return (
        <WaitingCard
          id={`waits-${thing.toDo.path}`}
          turn={turn}
          note={t('waits.meanwhile')}
          title={<Raised text={thing.toDo.title} />}
        >
          <p>{thing.toDo.why}</p>
          <a className={button} href={thing.toDo.path}>
            {t('waits.meanwhile_do')}
          </a>
        </WaitingCard>
      );
  }
}
