import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Assignment, Me, Today as Waiting } from '@/api/shapes';
import { Today } from '@/app/routes/today';
import { changeLanguage } from '@/i18n/i18n';
import { expectNoAxeFinding } from '~tests/axe';
import { recipient } from '~tests/features/fundraising/samples';
import { application, assignment, me } from '~tests/samples';
import { server } from '~tests/server';
import { show } from '~tests/show';

const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString();
const area = { id: 'z', country: 'ZZ', kind: 'constituency', code: 'A01', name: 'Alder, 1st' };
const grant = (role: 'organiser' | 'relay' | 'stand_in') => ({ role, area, starts_at: hours(-900), ends_at: null });
const relay = () => me({ grants: [grant('relay')] });
const nothing: Waiting = {
  call: null,
  concern: null,
  message: null,
  held: null,
  hand_over: null,
  stand_in: null,
  meanwhile: [],
};
const call = { application: 'a1', place: 'Alder, 2nd', started_at: hours(-20), due_at: hours(28), count: 3 };
const message = { conversation: 'c1', place: 'Alder, 1st', since: hours(-3), count: 1 };
const ask = {
  id: 'k1',
  kind: 'stand_in',
  status: 'waiting',
  seat: { id: 's2', code: 'A02', name: 'Alder, 2nd' },
  asked_at: hours(-5),
  ends_at: hours(200),
  path: '/en/relays/asked/token/',
};
const asked = assignment({ answer: 'waiting', abilities: { accept: true, decline: true, block: true, report: false } });

interface Here {
  today?: Partial<Waiting>;
  assignments?: Assignment[];
  isAsked?: boolean;
  asks?: unknown[];
  applied?: boolean;
}

function visit(who: Me, { today = {}, assignments = [], isAsked = false, asks = [], applied = false }: Here = {}) {
  server.use(
    http.get('*/api/v1/accounts/me/', () => HttpResponse.json(who)),
    http.get('*/api/v1/relays/today/', () => HttpResponse.json({ ...nothing, ...today })),
    http.get('*/api/v1/actions/assignments/', () => HttpResponse.json({ items: assignments })),
    http.get('*/api/v1/relays/asks/mine/', () => HttpResponse.json({ items: asks })),
    http.get('*/api/v1/relays/applications/', () =>
      HttpResponse.json({ items: applied ? [application()] : [], next: null }),
    ),
    http.get('*/api/v1/advocacy/office-holders/', () => HttpResponse.json({ items: [], next: null })),
    http.get('*/api/v1/people/charter/', () =>
      HttpResponse.json({
        languages: ['en'],
        in_force: isAsked ? { id: 'v2', agree_by: '2026-12-24' } : null,
        under_way: null,
        proposed_wordings: [],
        versions: [],
        mine: { agreed_at: null, is_asked: isAsked },
        abilities: {},
      }),
    ),
  );
  return show(<Today />, { at: '/today' });
}

/** The one heading of the screen, once all of it is there. */
async function oneThing(): Promise<HTMLElement> {
  const first = await screen.findByRole('heading', { level: 1 });
  expect(screen.getAllByRole('heading', { level: 1 })).toHaveLength(1);
  return first;
}

/** What follows, as it is read. */
function then(): (string | null)[] {
  return screen
    .queryAllByText(/^(Then|Ensuite)$/)
    .map((word) => within(word.closest('section') as HTMLElement).getByRole('heading').textContent);
}

describe.each(['en', 'fr'] as const)('the first screen, in %s', (language) => {
  const say = <Said,>(en: Said, fr: Said) => (language === 'en' ? en : fr);
  beforeEach(async () => {
    await changeLanguage(language);
  });
  afterEach(async () => {
    await changeLanguage('en');
  });

  it('shows an organiser the promised call, its hour and where to make it, then the rest', async () => {
    const { container } = visit(me({ grants: [grant('organiser')] }), {
      today: {
        call,
        concern: { due_at: hours(9), taken_at: null, count: 1 },
        hand_over: { place: 'Birch, 1st', ends_on: '2026-12-24', count: 1 },
        stand_in: { seat: 's1', place: 'Cedar, 1st', since: hours(-50), count: 2 },
      },
    });
    expect((await oneThing()).textContent).toBe(
      say('Call whoever offers to hold Alder, 2nd.', 'Appelez la personne qui se propose pour Alder, 2nd.'),
    );
    expect(screen.getByText(say('2 more wait there.', '2 autres attendent là-bas.'))).toBeVisible();
    expect(screen.getByRole('img', { name: /2[78]\u00a0h/ })).toBeVisible();
    expect(
      screen.getByRole('link', { name: say('See the application and call', 'Voir la candidature et appeler') }),
    ).toHaveAttribute('href', '/desk/applications?application=a1');
    expect(then()).toEqual([
      say(
        'Somebody told you in confidence that something is wrong.',
        'Quelqu’un vous a dit en confiance que quelque chose ne va pas.',
      ),
      say('Choose who comes next for Birch, 1st.', 'Choisissez qui prend la suite pour Birch, 1st.'),
      say('A neighbour would stand in for Cedar, 1st.', 'Quelqu’un d’à côté assurerait l’intérim de Cedar, 1st.'),
    ]);
    expect(
      screen.getByRole('link', { name: say('See the seat and answer', 'Voir le siège et répondre') }),
    ).toHaveAttribute('href', '/desk/filling?seat=s1');
    expect(screen.queryByText(say(/You alone read it/, /Personne d’autre ne le lit/))).toBeNull();
    await expectNoAxeFinding(container);
  });

  it('shows an organiser who waits for a look before any call is promised', async () => {
    const { container } = visit(me({ grants: [grant('organiser')] }), {
      today: { held: { place: 'Birch, 2nd', since: hours(-50), count: 4 } },
    });
    expect((await oneThing()).textContent).toBe(
      say('Look at who offers to hold Birch, 2nd.', 'Regardez qui se propose pour Birch, 2nd.'),
    );
    expect(screen.getByText(say('3 more wait there.', '3 autres attendent là-bas.'))).toBeVisible();
    expect(screen.getByRole('link', { name: say('Look at the queue', 'Voir la file') })).toHaveAttribute(
      'href',
      '/desk/applications?status=held',
    );
    await expectNoAxeFinding(container);
  });

  it('says that nobody else reads a concern once it was taken up', async () => {
    visit(me(), { today: { concern: { due_at: hours(-2), taken_at: hours(-4), count: 1 } } });
    expect((await oneThing()).textContent).toBe(
      say(
        'Something was told to you in confidence. Say how it ended.',
        'Quelque chose vous a été confié. Dites la suite donnée.',
      ),
    );
    expect(screen.getByText(say(/You alone read it/, /Personne d’autre ne le lit/))).toBeVisible();
  });

  it('shows a relay the message that waits, then the charter and the question from next door; nothing is quiet', async () => {
    visit(relay(), { today: { message }, isAsked: true, asks: [ask] });
    expect((await oneThing()).textContent).toBe(
      say('Answer whoever wrote to Alder, 1st.', 'Répondez à la personne qui a écrit à Alder, 1st.'),
    );
    expect(screen.getByRole('link', { name: say('Read and answer', 'Lire et répondre') })).toHaveAttribute(
      'href',
      '/seat/messages',
    );
    expect(then()).toHaveLength(2);
    expect(screen.queryByText(say('Nothing waits for you today.', 'Rien ne vous attend aujourd’hui.'))).toBeNull();
  });

  it('shows a stand-in what is asked next door where nothing is more urgent, with both answers', async () => {
    const declined = assignment({
      id: 'g9',
      answer: 'declined',
      abilities: { accept: true, decline: false, block: false, report: true },
    });
    visit(me({ grants: [grant('stand_in')] }), { asks: [ask], assignments: [declined] });
    expect((await oneThing()).textContent).toBe(
      say('Would you stand in for Alder, 2nd?', 'Assureriez-vous l’intérim de Alder, 2nd\u00a0?'),
    );
    expect(screen.getByRole('button', { name: say('No, thank you', 'Non merci') })).toBeVisible();
    expect(screen.getByRole('heading', { level: 2, name: 'One question' })).toBeVisible();
    expect(then()).toEqual([]);
  });

  it('says that somebody else was faster to whoever says yes to a seat that has found its relay', async () => {
    visit(relay(), { asks: [ask] });
    server.use(
      http.post('*/api/v1/relays/asks/k1/answer/', () => HttpResponse.json({ id: 'k1', status: 'taken_back' })),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: say('Yes, I stand in', 'Oui, j’assure l’intérim') }),
    );
    expect(await screen.findByRole('status')).toHaveTextContent(
      say(/Somebody else has taken this seat/, /Quelqu’un d’autre a pris ce siège/),
    );
  });

  it('never makes a closed or declined assignment the one thing', async () => {
    const closed = assignment({
      id: 'g7',
      answer: 'waiting',
      action: { ...asked.action, title: 'Long ago', status: 'stopped' },
    });
    visit(relay(), { assignments: [closed] });
    expect((await oneThing()).textContent).toBe(
      say('Nothing waits for you today.', 'Rien ne vous attend aujourd’hui.'),
    );
    const card = screen.getByRole('region', { name: say('action over Long ago', 'action terminée Long ago') });
    expect(within(card).getByRole('heading', { level: 2 })).toHaveTextContent('Long ago');
    expect(within(card).getAllByText(/./)[0]).toHaveTextContent(say(/^action over$/, /^action terminée$/));
  });

  it('shows a treasurer how much waits for their word, and where', async () => {
    const keeper = me({ abilities: { ...me().abilities, keep_books: true } });
    const items = [{ ...recipient, due_at: hours(20) }];
    server.use(http.get('*/api/v1/fundraising/treasury/', () => HttpResponse.json({ items, near_identities: 1 })));
    visit(keeper);
    expect((await oneThing()).textContent).toBe(
      say('3 things about money wait for your word.', 'Trésorerie\u00a0: 3 choses attendent votre avis.'),
    );
    expect(screen.getByRole('link', { name: say('See what waits', 'Voir ce qui attend') })).toHaveAttribute(
      'href',
      '/desk/money/decide',
    );
  });

  it('shows a relay the assignment before the charter', async () => {
    visit(relay(), { assignments: [asked], isAsked: true });
    expect((await oneThing()).textContent).toBe('One question');
    expect(screen.getByRole('button', { name: say('I’ll go', 'J’y vais') })).toBeVisible();
    expect(then()).toHaveLength(1);
  });

  it('shows an applicant the first of three things to do, and the clock of their call', async () => {
    const meanwhile = ['Read whom you would meet', 'Read the charter', 'Show the page'].map((title, number) => ({
      title,
      why: `why ${number}`,
      path: `/${language}/${number}/`,
    }));
    visit(me(), { applied: true, today: { meanwhile } });
    expect((await oneThing()).textContent).toBe('Read whom you would meet');
    expect(screen.getAllByRole('link', { name: say('Go there', 'Y aller') })[0]).toHaveAttribute(
      'href',
      `/${language}/0/`,
    );
    expect(then()).toEqual(['Read the charter', 'Show the page']);
    expect(screen.getByText(say('Your application has arrived.', 'Votre candidature est reçue.'))).toBeVisible();
  });

  it('leads a member who holds nothing to the seat where they live', async () => {
    const { container } = visit(me());
    expect((await oneThing()).textContent).toBe(say('Find the seat where you live.', 'Trouvez le siège de chez vous.'));
    await expectNoAxeFinding(container);
  });
});

describe('the first screen', () => {
  it('shows neither card of the charter while it asks for nothing', async () => {
    visit(relay());
    expect((await oneThing()).textContent).toBe('Nothing waits for you today.');
    expect(screen.queryByRole('link', { name: /what changed|what changes/ })).toBeNull();
  });

  it('says nothing is quiet while it could not read what waits', async () => {
    visit(relay());
    server.use(http.get('*/api/v1/relays/today/', () => HttpResponse.json({}, { status: 500 })));
    expect(await screen.findByRole('alert')).toBeVisible();
    expect(screen.queryByText('Nothing waits for you today.')).toBeNull();
  });
});
