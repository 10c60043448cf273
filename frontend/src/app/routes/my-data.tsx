import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { meQuery } from '@/entities/person/me';
import { OwnAccesses } from '@/features/people/own-accesses';
import { OwnConsents } from '@/features/people/own-consents';
import { OwnErasure } from '@/features/people/own-erasure';
import { OwnFacts } from '@/features/people/own-facts';
import { OwnMerges } from '@/features/people/own-merges';
import { TakeAll } from '@/features/people/take-all';

/** What is known of me, who read it, what I agree to, and the way out. */
export function MyData() {
  const { t } = useTranslation('member');
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  return (
    <>
      <div className="whole">
        <h1>{t('own.title')}</h1>
        <p>
          <Link to="/me">{t('own.back')}</Link>
        </p>
      </div>
      <div className="member-column">
        {me.person ? (
          <>
            <OwnFacts />
            <OwnMerges />
            <OwnConsents />
          </>
        ) : (
          <section className="card">
            <p>{t('own.nobody', { email: me.email })}</p>
            <p className="note">
              {t('own.nobody_record')}{' '}
              <a href={`/${document.documentElement.lang}/mail/choices/`}>{t('own.nobody_link')}</a>
            </p>
            <TakeAll />
          </section>
        )}
      </div>
      <div className="member-column">
        {me.person && <OwnAccesses />}
        <OwnErasure me={me} />
      </div>
    </>
  );
}
