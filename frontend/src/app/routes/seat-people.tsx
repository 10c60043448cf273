import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, Navigate } from 'react-router';
import { meQuery } from '@/entities/person/me';
import { SeatPeople as People } from '@/features/people/seat-people';

/** Whom a relay or stand-in may contact at their place. */
export function SeatPeople() {
  const { t } = useTranslation('member');
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  const held = me.grants.filter((grant) => grant.role === 'relay' || grant.role === 'stand_in');
  if (held.length === 0) return <Navigate to="/seat" replace />;
  const places = new Map(held.map(({ area }) => [area.id, { id: area.id, name: area.name }]));
  return (
    <>
      <div className="whole">
        <h1>{t('here.title')}</h1>
        <p>{t('here.why')}</p>
        <p>
          <Link to="/seat">{t('here.back')}</Link>
        </p>
      </div>
      <div className="member-column">
        <People places={[...places.values()]} />
      </div>
    </>
  );
}
