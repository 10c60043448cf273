import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, Navigate } from 'react-router';
import { meQuery } from '@/entities/person/me';
import { OfficerDesk } from '@/features/people/officer-desk';

/** The desk of the data-protection officer. */
export function Officer() {
  const { t } = useTranslation('member');
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  if (!me.abilities.inspect) return <Navigate to="/me" replace />;
  return (
    <>
      <div className="whole">
        <h1>{t('officer.title')}</h1>
        <p>
          <Link to="/me">{t('own.back')}</Link>
        </p>
      </div>
      <div className="member-column">
        <OfficerDesk />
      </div>
    </>
  );
}
