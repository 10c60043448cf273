import './desk.css';
import './desk-panes.css';
import './desk-tables.css';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Fragment, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, Navigate, Outlet, ScrollRestoration } from 'react-router';
import { Face } from '@/entities/person/face';
import { meQuery } from '@/entities/person/me';
import { SignOut } from '@/features/accounts/sign-out';
import { actionQueries } from '@/features/actions/api';
import { moneyToDecide, treasuryQuery } from '@/features/fundraising/treasury-api';
import { applicationQueries } from '@/features/relays/api';
import { Icon, type IconName } from '@/ui/icon';
import { Mark } from '@/ui/mark';
import { SourceLink } from '@/ui/source-link';
import { Raised } from '@/ui/raised';
import { LanguageSwitch } from '../language-switch';
import { Palette } from './palette';

interface Room {
  to: string;
  icon: IconName;
  word:
    | 'seats'
    | 'filling'
    | 'applications'
    | 'hand_overs'
    | 'care'
    | 'actions'
    | 'mps'
    | 'people'
    | 'insights'
    | 'charter'
    | 'settings'
    | 'roles'
    | 'donations'
    | 'decide'
    | 'monthly'
    | 'payouts'
    | 'figures'
    | 'batches'
    | 'bank'
    | 'books'
    | 'funds'
    | 'pages';
  /** What one must be able to do to have it. */
  needs: 'organise' | 'administer' | 'either' | 'keep_books' | 'keep_books_or_organise' | 'moderate';
}

const rooms: Room[] = [
  { to: '/desk/seats', icon: 'map', word: 'seats', needs: 'organise' },
  { to: '/desk/filling', icon: 'seat', word: 'filling', needs: 'organise' },
  { to: '/desk/applications', icon: 'applications', word: 'applications', needs: 'organise' },
  { to: '/desk/care', icon: 'phone', word: 'care', needs: 'organise' },
  { to: '/desk/hand-overs', icon: 'out', word: 'hand_overs', needs: 'organise' },
  { to: '/desk/actions', icon: 'actions', word: 'actions', needs: 'organise' },
  { to: '/desk/mps', icon: 'office', word: 'mps', needs: 'organise' },
  { to: '/desk/people', icon: 'people', word: 'people', needs: 'organise' },
  { to: '/desk/insights', icon: 'progress', word: 'insights', needs: 'organise' },
  { to: '/desk/charter', icon: 'check', word: 'charter', needs: 'either' },
  { to: '/desk/settings', icon: 'settings', word: 'settings', needs: 'administer' },
  { to: '/desk/roles', icon: 'me', word: 'roles', needs: 'administer' },
];

/** Money, under a heading of its own: what treasurers keep, what organisers see of it, and what administrators set up. */
const money: Room[] = [
  { to: '/desk/money/donations', icon: 'progress', word: 'donations', needs: 'keep_books' },
  { to: '/desk/money/decide', icon: 'check', word: 'decide', needs: 'keep_books' },
  { to: '/desk/money/monthly', icon: 'today', word: 'monthly', needs: 'keep_books' },
  { to: '/desk/money/figures', icon: 'progress', word: 'figures', needs: 'keep_books_or_organise' },
  { to: '/desk/money/batches', icon: 'paper', word: 'batches', needs: 'keep_books' },
  { to: '/desk/money/bank', icon: 'bank', word: 'bank', needs: 'keep_books' },
  { to: '/desk/money/payouts', icon: 'out', word: 'payouts', needs: 'keep_books' },
  { to: '/desk/money/books', icon: 'books', word: 'books', needs: 'keep_books' },
  { to: '/desk/money/pages', icon: 'check', word: 'pages', needs: 'moderate' },
  { to: '/desk/money/funds', icon: 'settings', word: 'funds', needs: 'administer' },
];

/** A desk: words on the left, one search on top (Ctrl K), the keyboard everywhere. */
export function OrganiserShell() {
  const { t } = useTranslation('organiser');
  const { data: me } = useQuery(meQuery);
  const waiting = useInfiniteQuery({
    ...applicationQueries.list('submitted'),
    enabled: Boolean(me?.abilities.organise),
  });
  const actions = useQuery({ ...actionQueries.list, enabled: Boolean(me?.abilities.organise) });
  const treasury = useQuery({ ...treasuryQuery, enabled: Boolean(me?.abilities.keep_books) });
  const [isSearching, setSearching] = useState(false);

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        setSearching(true);
      }
    }
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
    };
  }, []);

  const abilities = me?.abilities;
  const isOpen = ({ needs }: Room) =>
    needs === 'either'
      ? abilities?.organise || abilities?.administer
      : needs === 'keep_books_or_organise'
        ? abilities?.keep_books || abilities?.organise
        : abilities?.[needs];
  const open = [
    { title: '', rooms: rooms.filter(isOpen) },
    { title: t('room.money'), rooms: money.filter(isOpen) },
  ].filter((section) => section.rooms.length > 0);
  const first = open[0]?.rooms[0];
  if (!me || !first) return <Navigate to="/today" replace />;
  const name = me.person ? `${me.person.given_name} ${me.person.family_name}`.trim() : me.email;
  const places = me.grants
    .filter(
      ({ role }) => role === 'organiser' || role === 'administrator' || role === 'treasurer' || role === 'moderator',
    )
    .map((grant) => grant.area.name);
  /** What waits in a room, and for what: warm, since it waits for whoever looks. */
  const waits: Partial<Record<Room['word'], [count: number, said: string]>> = {
    applications: [waiting.data?.pages[0]?.items.length ?? 0, t('room.waiting')],
    actions: [actions.data?.items.filter((action) => action.abilities.agree_to_launch).length ?? 0, t('room.to_agree')],
    decide: [treasury.data ? moneyToDecide(treasury.data) : 0, t('room.to_decide')],
  };

  return (
    <div className="desk">
      <a className="skip" href="#main">
        {t('common:skip')}
      </a>
      <nav className="desk-nav" aria-label={t('navigation')}>
        <NavLink className="brand" to={first.to} end>
          <Mark />
          Maillage
        </NavLink>
        {open.map((section) => (
          <Fragment key={section.title}>
            {section.title && <h2>{section.title}</h2>}
            <ul className="rooms">
              {section.rooms.map(({ to, icon, word }) => {
                const [count, said] = waits[word] ?? [0, ''];
                return (
                  <li key={to}>
                    <NavLink to={to}>
                      <Icon name={icon} />
                      {t(`room.${word}`)}
                      {count > 0 && (
                        <span className="count hot">
                          {count} <span className="sr-only">{said}</span>
                        </span>
                      )}
                    </NavLink>
                  </li>
                );
              })}
            </ul>
          </Fragment>
        ))}
        <div className="desk-me">
          <div className="person">
            <Face name={name} isSmall />
            <div>
              <b>{name}</b>
              <Raised text={places.join(', ')} />
            </div>
          </div>
          <div>
            <LanguageSwitch />
            <NavLink className="button bare" to="/seat/messages">
              {t('messages')}
            </NavLink>
            <NavLink className="button bare" to="/desk/letters">
              {t('letters')}
            </NavLink>
            <NavLink className="button bare" to="/wrong">
              {t('wrong')}
            </NavLink>
            <NavLink className="button bare" to="/security">
              {t('security')}
            </NavLink>
            <SignOut />
            <SourceLink />
          </div>
        </div>
      </nav>
      <div>
        <div className="desk-top">
          <button
            type="button"
            className="desk-search"
            aria-haspopup="dialog"
            aria-keyshortcuts="Control+K"
            onClick={() => {
              setSearching(true);
            }}
          >
            <Icon name="search" />
            <span>{t('palette.open')}</span>
            <kbd>Ctrl K</kbd>
          </button>
        </div>
        <main id="main" className="desk-page">
          <Suspense>
            <Outlet />
          </Suspense>
        </main>
      </div>
      {isSearching && (
        <Palette
          onClose={() => {
            setSearching(false);
          }}
        />
      )}
      <ScrollRestoration />
    </div>
  );
}
