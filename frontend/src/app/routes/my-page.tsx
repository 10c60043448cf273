import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { outbox } from '@/api/outbox';
import { useOutbox } from '@/api/use-outbox';
import { meQuery } from '@/entities/person/me';
import { SignOut } from '@/features/accounts/sign-out';
import { WelcomeCard } from '@/features/relays/welcome-card';
import { instant } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { SourceLink } from '@/ui/source-link';
import { LanguageSwitch } from '../language-switch';

export function MyPage() {
  const { t } = useTranslation('member');
  const { data: me } = useQuery(meQuery);
  const entries = useOutbox();
  if (!me) return null;
  return (
    <>
      <h1 className="whole">{t('me.title')}</h1>
      <div className="member-column">
        <section className="card" aria-labelledby="who">
          <h2 id="who">{me.person ? `${me.person.given_name} ${me.person.family_name}`.trim() : t('me.unnamed')}</h2>
          <dl className="facts">
            <div>
              <dt>{t('me.email')}</dt>
              <dd>{me.email}</dd>
            </div>
            {me.grants.map((grant) => (
              <div key={grant.role + grant.area.id}>
                <dt>{t(`common:role.${grant.role}`)}</dt>
                <dd>
                  <Raised text={grant.area.name} />
                </dd>
              </div>
            ))}
          </dl>
          <p>
            <Link className="button line" to="/me/data">
              {t('me.data')}
            </Link>
          </p>
          <p>
            <Link className="button line" to="/me/giving">
              {t('me.giving')}
            </Link>
          </p>
          <p>
            <Link className="button line" to="/security">
              {t('me.security')}
            </Link>
          </p>
          <p>
            <Link to="/charter">{t('me.charter')}</Link>
          </p>
          <p>
            <a href={`/${document.documentElement.lang}/privacy/`}>{t('me.notice')}</a>
          </p>
          <SourceLink />
        </section>
        <WelcomeCard />
        <section className="card" aria-labelledby="language">
          <h2 id="language">{t('common:language')}</h2>
          <p className="note">{t('me.language_why')}</p>
          <LanguageSwitch />
        </section>
      </div>
      <div className="member-column">
        <section className="card" aria-labelledby="waiting">
          <h2 id="waiting">{t('me.waiting')}</h2>
          {entries.length === 0 && <p className="muted">{t('me.waiting_none')}</p>}
          {entries.map((entry) => (
            <div key={entry.id} className={entry.refusal ? 'problem' : 'notice'}>
              <b>
                <Raised text={t(entry.refusal ? 'me.refused' : 'me.queued', { at: instant(entry.queuedAt) })} />
              </b>
              {entry.refusal && <p>{entry.refusal.detail}</p>}
              <p>
                <Link to={`/assignments/${entry.subject.replace('report:', '')}`}>{t('me.open')}</Link>{' '}
                {entry.refusal && (
                  <button type="button" className="button bare" onClick={() => void outbox.drop(entry.id)}>
                    {t('me.drop')}
                  </button>
                )}
              </p>
            </div>
          ))}
        </section>
        <section className="card" aria-labelledby="leave">
          <h2 id="leave">{t('me.leave')}</h2>
          {(me.abilities.answer || me.abilities.organise) && (
            <p>
              <Link to="/enter">{t('enter.title')}</Link>
            </p>
          )}
          {me.abilities.inspect && (
            <p>
              <Link to="/officer">{t('officer.title')}</Link>
            </p>
          )}
          {me.abilities.organise && (
            <p>
              <Link to="/desk">{t('me.desk')}</Link>
            </p>
          )}
          <SignOut />
        </section>
      </div>
    </>
  );
}
