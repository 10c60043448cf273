import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { meQuery } from '@/entities/person/me';
import { OfficeHolderCard } from '@/features/advocacy/office-holder-card';
import { OwnMp } from '@/features/advocacy/own-mp';
import { CallsAboutMe } from '@/features/relays/calls-about-me';
import { Companions } from '@/features/relays/companions';
import { OwnName } from '@/features/people/own-name';
import { HandOverForm } from '@/features/relays/hand-over-form';
import { HandedNotes } from '@/features/relays/handed-notes';
import { ownTermsQuery } from '@/features/relays/hand-over-api';
import { HeldSeat } from '@/features/relays/held-seat';
import { OwnPhoto } from '@/features/relays/own-photo';
import { SeatNotes } from '@/features/relays/seat-notes';
import { Blank } from '@/ui/blank';
import { Skeleton } from '@/ui/skeleton';

export function MySeat() {
  const { t } = useTranslation('member');
  const { data: me } = useQuery(meQuery);
  const terms = useQuery(ownTermsQuery);
  if (!me) return <Skeleton />;
  const held = me.grants.filter((grant) => grant.role === 'relay' || grant.role === 'stand_in');
  return (
    <>
      <h1 className="whole">{t('seat.title')}</h1>
      {held.length === 0 && (
        <Blank title={t('seat.none')}>
          <p>{t('seat.none_why')}</p>
          <a className="button line" href={`/${document.documentElement.lang}/`}>
            {t('find.do')}
          </a>
        </Blank>
      )}
      {held.length > 0 && (
        <p className="whole">
          <Link className="button line" to="/seat/messages">
            {t('messages.title')}
          </Link>
        </p>
      )}
      <div className="member-column">
        {terms.isPending && held.length > 0 && <Skeleton lines={6} />}
        {terms.data?.items.map((term) => (
          <HeldSeat
            key={term.id}
            term={term}
            officeHolder={(office) => <OfficeHolderCard area={term.code} office={office} />}
          />
        ))}
        {held.length > 0 && (
          <section className="card" aria-labelledby="face">
            <h2 id="face">{t('face.title')}</h2>
            <p className="note">{t('face.why')}</p>
            <OwnName />
            <OwnPhoto />
          </section>
        )}
      </div>
      <div className="member-column">
        {held.length > 0 && <Companions mayAsk />}
        {held.length > 0 && <CallsAboutMe />}
        {terms.data?.items.map((term) => (
          <Fragment key={term.id}>
            <OwnMp area={term.code} />
            <SeatNotes seat={term.seat} />
            <section className="card" aria-labelledby={`pass-${term.id}`}>
              <h2 id={`pass-${term.id}`}>{t('seat.pass_on')}</h2>
              <p>
                <Link to={`/seat/dossier?seat=${term.seat}`}>{t('dossier.open')}</Link>
              </p>
              <HandOverForm term={term.id} isMine />
            </section>
          </Fragment>
        ))}
        <HandedNotes />
      </div>
    </>
  );
}
