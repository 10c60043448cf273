import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useOutbox } from '@/api/use-outbox';
import { meQuery } from '@/entities/person/me';
import { AnswerCard } from '@/features/actions/answer-card';
import { actionQueries, ASSIGNMENTS_KEPT, assignmentQueries, takeOversQuery } from '@/features/actions/api';
import { UnsentReport } from '@/features/actions/unsent-report';
import { answerQuestionsQuery } from '@/features/advocacy/answering-api';
import { OfficeHolderCard } from '@/features/advocacy/office-holder-card';
import { treasuryQuery } from '@/features/fundraising/treasury-api';
import { lettersQuery } from '@/features/messaging/letters-api';
import { charterQuery } from '@/features/people/charter-api';
import { DocumentsProposed } from '@/features/people/documents-proposed';
import { NewHere } from '@/features/people/new-here';
import { applicationQueries } from '@/features/relays/api';
import { careQueries } from '@/features/relays/care-api';
import { CompanionCard } from '@/features/relays/companion-card';
import { fillingQueries } from '@/features/relays/filling-api';
import { ownTermsQuery } from '@/features/relays/hand-over-api';
import { MyApplications } from '@/features/relays/my-applications';
import { NewInSeat } from '@/features/relays/new-in-seat';
import { OwnAskCard } from '@/features/relays/own-ask-card';
import { todayQuery } from '@/features/relays/today-api';
import { day } from '@/lib/format';
import { useNow } from '@/lib/use-now';
import { useOnline } from '@/lib/use-online';
import { Icon } from '@/ui/icon';
import { KeptNote } from '@/ui/kept-note';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { ThingCard } from '../today/thing-card';
import { keyOf, whatWaits } from '../today/what-waits';

const OPEN = new Set(['submitted', 'contacted', 'unconfirmed', 'held']);
const HOLDS = new Set(['relay', 'stand_in']);

export function Today() {
  const { t } = useTranslation('member');
  const now = useNow();
  const isOnline = useOnline();
  const unsent = useOutbox();
  const me = useQuery(meQuery);
  const held = new Map(
    (me.data?.grants ?? []).filter(({ role }) => HOLDS.has(role)).map(({ area }) => [area.id, area]),
  );
  const holdsSeat = held.size > 0;
  const today = useQuery(todayQuery);
  const assignments = useQuery(assignmentQueries.mine);
  const takeOvers = useQuery({ ...takeOversQuery, enabled: holdsSeat });
  const applications = useQuery(applicationQueries.mine);
  const asks = useQuery(fillingQueries.mine);
  const calls = useQuery(careQueries.calls);
  const companions = useQuery(careQueries.companions);
  const charter = useQuery(charterQuery);
  const letters = useInfiniteQuery({ ...lettersQuery, enabled: holdsSeat });
  const terms = useQuery({ ...ownTermsQuery, enabled: holdsSeat });
  const organises = Boolean(me.data?.abilities.organise);
  const actions = useQuery({ ...actionQueries.list, enabled: organises });
  const answerQuestions = useQuery({ ...answerQuestionsQuery, enabled: holdsSeat || organises });
  const keepsBooks = Boolean(me.data?.abilities.keep_books);
  const treasury = useQuery({ ...treasuryQuery, enabled: keepsBooks });
  const asked = [
    today,
    assignments,
    applications,
    asks,
    calls,
    companions,
    charter,
    ...(holdsSeat ? [letters, takeOvers] : []),
    ...(organises ? [actions] : []),
    ...(holdsSeat || organises ? [answerQuestions] : []),
    ...(keepsBooks ? [treasury] : []),
  ];
  // Without a network what is not read yet does not come: what is known is shown, and nothing is said of the rest.
  const isPending = me.isPending || asked.some((query) => query.isPending && query.fetchStatus !== 'paused');
  const failed = asked.find((query) => query.isError);
  const isKnown = asked.every((query) => query.data !== undefined);

  const things = isPending
    ? []
    : whatWaits(
        {
          today: today.data,
          actions: actions.data?.items,
          assignments: assignments.data?.items,
          takeOvers: takeOvers.data?.items,
          treasury: treasury.data,
          friendlyCalls: calls.data?.items,
          letters: letters.data?.pages[0]?.items.filter((row) => !row.done_at).length,
          answerQuestions: answerQuestions.data?.items,
          charter: charter.data,
          asks: asks.data?.items,
          companions: companions.data?.items,
        },
        now,
      );
  const [first, ...rest] = things;
  const waiting = new Set(things.map(keyOf));
  const open = (applications.data?.items ?? []).filter((application) => OPEN.has(application.status));
  const contacts = companions.data?.contacts ?? [];
  const looksForSeat = me.data?.grants.length === 0 && open.length === 0;
  const name = me.data?.person?.given_name;

  return (
    <>
      <div className="member-hello whole">
        <p>
          <Raised text={t('hello', { name: name ? ` ${name}` : '', day: day(new Date().toISOString()) })} />
        </p>
        <span>
          <Icon name={isOnline ? 'check' : 'offline'} />
          {unsent.length > 0 ? t('unsent', { count: unsent.length }) : t(isOnline ? 'up_to_date' : 'offline')}
        </span>
      </div>
      <KeptNote name={ASSIGNMENTS_KEPT} />
      <div className="member-column">
        {unsent
          .filter((entry) => entry.refusal)
          .map((entry) => (
            <UnsentReport key={entry.id} entry={entry} hasLink />
          ))}
        {isPending && (
          <section className="card">
            <Skeleton lines={5} />
          </section>
        )}
        {!isPending && failed && (
          <Trouble
            error={failed.error}
            retry={() => {
              for (const query of asked) if (query.isError) void query.refetch();
            }}
          />
        )}
        {first && <ThingCard thing={first} turn="one_thing" contacts={contacts} />}
        {!isPending && !first && isKnown && (
          <section className="card today is-calm">
            {looksForSeat && <p className="above">{t('card.one_thing')}</p>}
            <h1>{t(looksForSeat ? 'find.title' : 'quiet.title')}</h1>
            <p>{t(looksForSeat ? 'find.why' : 'quiet.why')}</p>
            {looksForSeat && (
              <a className="button wide tall" href={`/${document.documentElement.lang}/`}>
                {t('find.do')}
              </a>
            )}
          </section>
        )}
      </div>
      <div className="member-column">
        {isPending && (
          <section className="card">
            <Skeleton lines={3} />
          </section>
        )}
        {(first?.kind === 'assignment' || first?.kind === 'brief') && (
          <section className="card" aria-labelledby="whom">
            <h2 id="whom">{t('brief.whom')}</h2>
            <OfficeHolderCard area={first.assignment.seat.code} />
          </section>
        )}
        {!isPending && (
          <>
            <MyApplications items={open} />
            {rest.map((thing) => (
              <ThingCard key={keyOf(thing)} thing={thing} turn="then" contacts={contacts} />
            ))}
            {[...held.values()].map((area) => (
              <NewHere key={area.id} area={area.id} name={area.name} />
            ))}
            {terms.data?.items
              .filter((term) => term.is_new)
              .map((term) => (
                <NewInSeat key={term.id} term={term} />
              ))}
            {charter.data && <DocumentsProposed charter={charter.data} />}
            {companions.data?.items
              .filter((companion) => !companion.abilities.say_yes)
              .map((companion) => (
                <CompanionCard key={companion.id + companion.status} companion={companion} contacts={contacts} />
              ))}
            {asks.data?.items
              .filter((ask) => ask.status !== 'waiting')
              .map((ask) => (
                <OwnAskCard key={ask.id} ask={ask} />
              ))}
            {assignments.data?.items
              .filter((assignment) => !waiting.has(assignment.id))
              .map((assignment) => (
                <AnswerCard key={assignment.id} assignment={assignment} hasLink turn="also" />
              ))}
          </>
        )}
      </div>
    </>
  );
}
