import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { day } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { charterQueries } from './charter-api';

/** What the charter asks of me today: to agree to the one in force, or to say what I think of a proposal. Else nothing. */
export function CharterAsked() {
  const { t } = useTranslation('common');
  const { data } = useQuery(charterQueries.charter);
  if (!data) return null;
  const { in_force: inForce, under_way: proposed, mine } = data;
  return (
    <>
      {mine.is_asked && inForce && (
        <section className="card" aria-labelledby="charter-asked">
          <h2 id="charter-asked">{t('charter.asked')}</h2>
          <p>
            <Raised text={t('charter.asked_why', { day: day(inForce.agree_by ?? '') })} />
          </p>
          <Link className="button" to={`/charter?version=${inForce.id}`}>
            {t('charter.read_and_agree')}
          </Link>
        </section>
      )}
      {proposed?.state === 'proposed' && (
        <section className="card" aria-labelledby="charter-proposed">
          <h2 id="charter-proposed">{t('charter.proposed')}</h2>
          <p>
            <Raised text={t('charter.proposed_until', { day: day(proposed.comments_until ?? '') })} />
          </p>
          <Link className="button line" to={`/charter?version=${proposed.id}`}>
            {t('charter.read_and_comment')}
          </Link>
        </section>
      )}
    </>
  );
}
