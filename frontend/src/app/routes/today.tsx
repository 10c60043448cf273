import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Assignment } from '@/api/shapes';
import { useOutbox } from '@/api/use-outbox';
import { meQuery } from '@/entities/person/me';
import { AnswerCard } from '@/features/actions/answer-card';
import { assignmentQueries } from '@/features/actions/api';
import { OfficeHolderCard } from '@/features/advocacy/office-holder-card';
import { LettersWaiting } from '@/features/messaging/letters-waiting';
import { CharterAsked } from '@/features/people/charter-asked';
import { applicationQueries } from '@/features/relays/api';
import { Companions } from '@/features/relays/companions';
import { FriendlyCalls } from '@/features/relays/friendly-calls';
import { ownTermsQuery } from '@/features/relays/hand-over-api';
import { MyApplications } from '@/features/relays/my-applications';
import { NewInSeat } from '@/features/relays/new-in-seat';
import { fillingQueries } from '@/features/relays/filling-api';
import { OwnAsks } from '@/features/relays/own-asks';
import { day } from '@/lib/format';
import { useOnline } from '@/lib/use-online';
import { Icon } from '@/ui/icon';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';

const OPEN = new Set(['submitted', 'contacted', 'unconfirmed']);

/** What waits for me comes first: an answer, then a report, then what is settled. */
function rank(assignment: Assignment): number {
  if (assignment.action.status !== 'launched') return 4;
  return { waiting: 0, accepted: 1, reported: 2, declined: 3 }[assignment.answer];
}

export function Today() {
  const { t } = useTranslation('member');
  const me = useQuery(meQuery);
  const isOnline = useOnline();
  const unsent = useOutbox().length;
  const assignments = useQuery(assignmentQueries.mine);
  const applications = useQuery(applicationQueries.mine);
  const asks = useQuery(fillingQueries.mine);
  const [first, ...others] = [...(assignments.data?.items ?? [])].sort(
    (a, b) => rank(a) - rank(b) || a.action.starts_at.localeCompare(b.action.starts_at),
  );
  const open = (applications.data?.items ?? []).filter((application) => OPEN.has(application.status));
  const isPending = assignments.isPending || applications.isPending;
  const name = me.data?.person?.given_name;
  const holdsSeat = me.data?.grants.some((grant) => grant.role === 'relay' || grant.role === 'stand_in');
  const terms = useQuery({ ...ownTermsQuery, enabled: Boolean(holdsSeat) });

  return (
    <>
      <div className="member-hello whole">
        <p>
          <Raised text={t('hello', { name: name ? ` ${name}` : '', day: day(new Date().toISOString()) })} />
        </p>
        <span>
          <Icon name={isOnline ? 'check' : 'offline'} />
          {unsent ? t('unsent', { count: unsent }) : t(isOnline ? 'up_to_date' : 'offline')}
        </span>
      </div>
      <div className="member-column">
        {isPending && (
          <section className="card">
            <Skeleton lines={5} />
          </section>
        )}
        {assignments.isError && <Trouble error={assignments.error} retry={() => void assignments.refetch()} />}
        {first && <AnswerCard assignment={first} hasLink />}
        {!isPending && !first && !holdsSeat && open.length === 0 && (
          <section className="card today is-calm">
            <p className="above">{t('card.one_thing')}</p>
            <h1>{t('find.title')}</h1>
            <p>{t('find.why')}</p>
            <a className="button wide tall" href={`/${document.documentElement.lang}/`}>
              {t('find.do')}
            </a>
          </section>
        )}
        {!isPending && !first && holdsSeat && (
          <section className="card today is-calm">
            <p className="above">{t('card.one_thing')}</p>
            <h1>{t('quiet.title')}</h1>
            <p>{t('quiet.why')}</p>
          </section>
        )}
      </div>
      <div className="member-column">
        {applications.isError && <Trouble error={applications.error} retry={() => void applications.refetch()} />}
        {isPending && (
          <section className="card">
            <Skeleton lines={3} />
          </section>
        )}
        {first && (
          <section className="card" aria-labelledby="whom">
            <h2 id="whom">{t('brief.whom')}</h2>
            <OfficeHolderCard area={first.seat.code} />
          </section>
        )}
        <CharterAsked />
        <FriendlyCalls />
        <Companions />
        {terms.data?.items
          .filter((term) => term.is_new)
          .map((term) => (
            <NewInSeat key={term.id} term={term} />
          ))}
        <OwnAsks items={asks.data?.items ?? []} />
        <MyApplications items={open} />
        {holdsSeat && <LettersWaiting />}
        {others.map((assignment) => (
          <AnswerCard key={assignment.id} assignment={assignment} hasLink isFirst={false} />
        ))}
      </div>
    </>
  );
}
