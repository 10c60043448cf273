import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, Navigate } from 'react-router';
import { meQuery } from '@/entities/person/me';
import { EnterPerson } from '@/features/people/enter-person';

/** People met in person, by who holds the place or organises above it. */
export function Enter() {
  const { t } = useTranslation('member');
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  if (!me.abilities.answer && !me.abilities.organise) return <Navigate to="/me" replace />;
  if (!me.abilities.answer) return <Navigate to="/desk/enter" replace />;
  const held = me.grants.find((grant) => grant.role === 'relay' || grant.role === 'stand_in');
  return (
    <>
      <div className="whole">
        <h1>{t('enter.title')}</h1>
        <p>
          <Link to="/me">{t('enter.back')}</Link>
        </p>
      </div>
      <div className="member-column">
        <EnterPerson place={held?.area.code ?? ''} />
      </div>
    </>
  );
}
