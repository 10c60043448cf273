import './member.css';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, Outlet, ScrollRestoration, useLocation } from 'react-router';
import { useOutbox } from '@/api/use-outbox';
import { meQuery } from '@/entities/person/me';
import { Icon, type IconName } from '@/ui/icon';
import { Mark } from '@/ui/mark';
import { Raised } from '@/ui/raised';
import { useKeptOnTheWay } from './use-kept-on-the-way';

const tabs: { to: string; icon: IconName; word: 'today' | 'seat' | 'me' }[] = [
  { to: '/today', icon: 'today', word: 'today' },
  { to: '/seat', icon: 'seat', word: 'seat' },
  { to: '/me', icon: 'me', word: 'me' },
];

/** A phone first: one thing a screen, three words within reach of a thumb. */
export function MemberShell() {
  const { t } = useTranslation('member');
  useKeptOnTheWay();
  // On whichever screen one is when the network returns, what waits leaves.
  useOutbox();
  const { data: me } = useQuery(meQuery);
  const { pathname } = useLocation();
  const seats = me?.grants.filter((grant) => grant.role === 'relay' || grant.role === 'stand_in') ?? [];
  const held = seats[0];
  return (
    <div className="member">
      <a className="skip" href="#main">
        {t('common:skip')}
      </a>
      <header className="member-top">
        <div>
          <Link className="brand" to="/today" aria-label={t('home')}>
            <Mark />
          </Link>
          <b>
            {held ? (
              <Raised text={seats.map(({ area }) => area.name).join(', ')} />
            ) : (
              (me?.person?.given_name ?? 'Maillage')
            )}
          </b>
          {held && (
            <span className={`state ${held.role === 'relay' ? 'is-filled' : 'is-stand_in'}`}>
              {seats.length > 1
                ? t('holds_many', { count: seats.length })
                : t(held.role === 'relay' ? 'holds' : 'stands_in')}
            </span>
          )}
        </div>
      </header>
      <main id="main" className="member-page">
        <Outlet />
        {pathname !== '/wrong' && (
          <p className="whole note">
            <Link to="/wrong">{t('wrong.link')}</Link>
          </p>
        )}
      </main>
      <nav className="member-tabs" aria-label={t('navigation')}>
        <ul className="tabs">
          {tabs.map(({ to, icon, word }) => (
            <li key={to}>
              <NavLink to={to}>
                <Icon name={icon} />
                {t(`tab.${word}`)}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      <ScrollRestoration />
    </div>
  );
}
