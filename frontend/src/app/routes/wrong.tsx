import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { meQuery } from '@/entities/person/me';
import { MyConcerns } from '@/features/relays/my-concerns';
import { TellConcern } from '@/features/relays/tell-concern';
import { useFilters } from '@/lib/use-filters';

const MAY_READ = new Set(['organiser', 'moderator', 'administrator']);

/** Something is wrong: told to a named person, who reads it the same day. */
export function Wrong() {
  const { t } = useTranslation('member');
  const { data: me } = useQuery(meQuery);
  const { get } = useFilters();
  return (
    <>
      <div className="whole">
        <h1>{t('wrong.title')}</h1>
        {me?.grants.some((grant) => MAY_READ.has(grant.role)) && (
          <p>
            <Link to="/concerns">{t('concerns.title')}</Link>
          </p>
        )}
      </div>
      <div className="member-column">
        <TellConcern conversation={get('conversation')} />
      </div>
      <div className="member-column">
        <MyConcerns />
      </div>
    </>
  );
}
