import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { SeatTerm } from '@/api/shapes';
import { ApplicationsDesk } from '@/features/relays/applications-desk';
import { expectNoAxeFinding } from '~tests/axe';
import { application, promise, seat, seatTerm, standIn } from '~tests/samples';
import { server } from '~tests/server';
import { show } from '~tests/show';

const late = application({
  id: 'a2',
  person: {
    id: 'p3',
    name: 'Yann Lanoë',
    commune: 'Great Birch',
    contacts: [],
  },
  promise: promise({
    started_at: new Date(Date.now() - 50 * 3_600_000).toISOString(),
    due_at: new Date(Date.now() - 2 * 3_600_000).toISOString(),
    climbs: 1,
    is_mine: true,
  }),
});
const held: ReturnType<typeof application>[] = [];
let terms: SeatTerm[] = [];
const decisions: { path: string; body: unknown }[] = [];

describe('the applications', () => {
  beforeEach(() => {
    decisions.length = 0;
    held.length = 0;
    terms = [];
    server.use(
      http.get('*/api/v1/relays/seats/s2/', () => HttpResponse.json(seat({ terms }))),
      http.get('*/api/v1/relays/applications/', ({ request }) => {
        const asked = new URL(request.url).searchParams;
        const waiting = asked.get('status') === 'submitted' ? [late, application()] : [];
        if (asked.get('status') === 'held') return HttpResponse.json({ items: held, next: null });
        return HttpResponse.json({
          items: asked.get('climbed') ? [late] : waiting,
          next: null,
        });
      }),
      http.get('*/api/v1/relays/applications/held/', () => HttpResponse.json({ waiting: held.length })),
      http.get('*/api/v1/relays/applications/:id/readiness/', () =>
        HttpResponse.json({
          is_ready: false,
          charter: {
            number: 1,
            agreed_at: null,
            agreed_by: null,
            paper_number: '',
            sent_at: null,
          },
          qualifications: [],
          abilities: { send_charter: true, note_paper: true, qualify: true },
        }),
      ),
      http.post('*/api/v1/relays/applications/:id/:decision/', async ({ params, request }) => {
        const text = await request.text();
        decisions.push({
          path: `${String(params.id)} ${String(params.decision)}`,
          body: text ? JSON.parse(text) : null,
        });
        if (params.id === 'held') return HttpResponse.json({ answered: held.length });
        return HttpResponse.json({
          application: application(),
          term_id: 't',
          others_open: 0,
        });
      }),
    );
  });

  it('is walked through with J and K, and the panel follows', async () => {
    const { user } = show(<ApplicationsDesk />);
    await screen.findByRole('table');
    await user.keyboard('j');
    expect(screen.getByRole('heading', { level: 2, name: 'Yann Lanoë' })).toBeVisible();
    await user.keyboard('j');
    expect(screen.getByRole('heading', { level: 2, name: 'Camille Vernoux' })).toBeVisible();
    await user.keyboard('k');
    expect(screen.getByRole('heading', { level: 2, name: 'Yann Lanoë' })).toBeVisible();
  });

  it('keeps the order of the answer, and says by how much a promise is late and whose it is', async () => {
    server.use(
      http.get('*/api/v1/relays/applications/', ({ request }) => {
        expect(new URL(request.url).searchParams.get('sort')).toBeNull();
        return HttpResponse.json({ items: [application(), late], next: null });
      }),
    );
    const { container } = show(<ApplicationsDesk />);
    expect(
      await screen.findByRole('heading', {
        level: 1,
        name: '2 people wait for your call',
      }),
    ).toBeVisible();
    const rows = screen.getAllByRole('row').slice(1);
    expect(rows[0]).toHaveTextContent('Camille Vernoux');
    expect(rows[0]).toHaveTextContent('Nadia Ferhat');
    expect(rows[1]).toHaveTextContent('Yann Lanoë');
    expect(rows[1]).toHaveTextContent(/2\sh late/);
    expect(rows[1]).toHaveTextContent('you');
    await expectNoAxeFinding(container);
  });

  it('shows no row of one list while another one comes, and keeps them while a search does', async () => {
    held.push(application({ id: 'h1', status: 'held', promise: null }));
    let come: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      come = resolve;
    });
    server.use(
      http.get('*/api/v1/relays/applications/', async ({ request }) => {
        const asked = new URL(request.url).searchParams;
        if (asked.get('status') === 'held' || asked.get('q')) await gate;
        return HttpResponse.json({ items: asked.get('status') === 'held' ? held : [late], next: null });
      }),
    );
    const { user, queries } = show(<ApplicationsDesk />);
    await user.click(await screen.findByRole('button', { name: 'To look at first 1' }));
    expect(screen.queryByRole('button', { name: 'Yann Lanoë' })).toBeNull();
    expect(screen.queryByRole('button', { name: /th(is one|ese)/ })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'To call' }));
    await user.type(screen.getByRole('searchbox'), 'lanoe');
    await vi.waitFor(() => {
      expect(queries.isFetching({ queryKey: ['relays', 'applications', { name: 'submitted', q: 'lanoe' }] })).toBe(1);
    });
    expect(screen.getByRole('button', { name: 'Yann Lanoë' })).toBeVisible();
    come();
    await user.click(screen.getByRole('button', { name: 'To look at first 1' }));
    expect(await screen.findByRole('button', { name: /^Decline this/ })).toBeVisible();
  });

  it('opens what a mail led to, wherever it stands', async () => {
    const far = application({ id: 'far', person: { ...late.person, name: 'Loin Delà' } });
    server.use(http.get('*/api/v1/relays/applications/far/', () => HttpResponse.json(far)));
    const { user } = show(<ApplicationsDesk />, { at: '/?application=far' });
    expect(await screen.findByRole('heading', { level: 2, name: 'Loin Delà' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Loin Delà' })).toBeNull();
    await user.click(await screen.findByRole('button', { name: 'Yann Lanoë' }));
    expect(screen.queryByText('Loin Delà')).toBeNull();
    expect(screen.getByRole('heading', { level: 2, name: 'Yann Lanoë' })).toBeVisible();
  });

  it('says so where what a mail led to is gone, and where a search finds nobody', async () => {
    server.use(
      http.get('*/api/v1/relays/applications/', ({ request }) =>
        HttpResponse.json({ items: new URL(request.url).searchParams.get('q') ? [] : [late], next: null }),
      ),
      http.get('*/api/v1/relays/applications/gone/', () => HttpResponse.json({ code: 'not_found' }, { status: 404 })),
    );
    const { user } = show(<ApplicationsDesk />, { at: '/?application=gone' });
    expect(await screen.findByRole('heading', { name: 'This application is not here any more' })).toBeVisible();
    expect(screen.getByText('soonest due first')).toBeVisible();
    expect(screen.getByRole('heading', { level: 1, name: '1 person waits for your call' })).toBeVisible();
    await user.type(screen.getByRole('searchbox'), 'zzzz');
    expect(screen.getByRole('heading', { level: 1, name: 'Applications' })).toBeVisible();
    expect(await screen.findByText('Look under another heading, or write fewer letters.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Taken back' }));
    expect(screen.queryByText('soonest due first')).toBeNull();
  });

  it('shows what has climbed to me, and that the person was told', async () => {
    const { user } = show(<ApplicationsDesk />, { at: '/?application=a2' });
    await user.click(await screen.findByRole('button', { name: 'Climbed to me' }));
    expect(
      await screen.findByRole('heading', {
        level: 1,
        name: '1 missed call has climbed to you',
      }),
    ).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Yann Lanoë' }));
    expect(
      screen.getByText('You owe this call. It was missed and has climbed once; the person was told, with an apology.'),
    ).toBeVisible();
  });

  it('lets a whole queue in, or declines it in words', async () => {
    const abilities = {
      contact: false,
      approve: false,
      decline: false,
      release: true,
      withdraw: false,
    };
    held.push(...['h1', 'h2'].map((id) => application({ id, status: 'held', promise: null, abilities })));
    const { user, container } = show(<ApplicationsDesk />);
    await user.click(await screen.findByRole('button', { name: 'To look at first 2' }));
    expect(
      await screen.findByRole('heading', {
        level: 1,
        name: '2 applications wait for a look',
      }),
    ).toBeVisible();
    await expectNoAxeFinding(container);
    await user.click(screen.getByRole('button', { name: /^Let these 2 in/ }));
    await vi.waitFor(() => {
      expect(decisions).toEqual([{ path: 'held release', body: { ids: ['h1', 'h2'] } }]);
    });
    await user.click(screen.getByRole('button', { name: /^Decline these 2/ }));
    await user.type(screen.getByLabelText('Your words to each of them'), 'Thank you.');
    await user.click(screen.getByRole('button', { name: /^Decline these 2/ }));
    await vi.waitFor(() => {
      expect(decisions.at(-1)).toEqual({
        path: 'held decline',
        body: { ids: ['h1', 'h2'], words: 'Thank you.' },
      });
    });
  });

  it('gives a seat only after saying what it does', async () => {
    const { user } = show(<ApplicationsDesk />, { at: '/?application=a1' });
    await user.click(await screen.findByRole('button', { name: /Give the seat/ }));
    expect(
      await screen.findByText(
        (_, element) =>
          element?.tagName === 'P' &&
          element.textContent.includes('Camille Vernoux will hold the seat Alder, 2nd from now on'),
      ),
    ).toBeVisible();
    expect(screen.getByRole('radio', { name: 'As the relay of this place' })).toBeChecked();
    expect(decisions).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Yes, give the seat' }));
    await vi.waitFor(() => {
      expect(decisions).toEqual([{ path: 'a1 approve', body: { kind: 'relay' } }]);
    });
  });

  it('lets an applicant stand in beside a relay who is away, and says why they cannot be the relay', async () => {
    terms = [seatTerm({ name: 'Inès Prat', paused_until: '2026-12-24' })];
    const { user, container } = show(<ApplicationsDesk />, { at: '/?application=a1' });
    await user.click(await screen.findByRole('button', { name: /Give the seat/ }));
    expect(await screen.findByRole('radio', { name: 'Standing in' })).toBeChecked();
    expect(screen.getByRole('radio', { name: 'As the relay of this place' })).toBeDisabled();
    expect(screen.getByText(/Inès Prat holds this seat as its relay/)).toBeVisible();
    expect(screen.getByRole('link', { name: 'See the seat and its terms' })).toHaveAttribute(
      'href',
      '/desk/seats?seat=A02',
    );
    await expectNoAxeFinding(container);
    await user.click(screen.getByRole('button', { name: 'Yes, let them stand in' }));
    await vi.waitFor(() => {
      expect(decisions).toEqual([{ path: 'a1 approve', body: { kind: 'stand_in' } }]);
    });
  });

  it('speaks of no thanks where the applicant is who stands in', async () => {
    terms = [seatTerm({ kind: 'stand_in' })];
    const { user } = show(<ApplicationsDesk />, { at: '/?application=a1' });
    await user.click(await screen.findByRole('button', { name: /Give the seat/ }));
    expect(await screen.findByText(/Camille Vernoux will hold the seat/)).not.toHaveTextContent('thanks');
  });

  it('says whose stand-in ends with an approval, and offers nothing where both are taken', async () => {
    terms = [standIn];
    const { user } = show(<ApplicationsDesk />, { at: '/?application=a1' });
    await user.click(await screen.findByRole('button', { name: /Give the seat/ }));
    expect(await screen.findByText(/The stand-in of Ada Lind ends with it/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Change nothing' }));
    terms = [seatTerm(), standIn];
    await user.click(screen.getByRole('button', { name: 'Yann Lanoë' }));
    await user.click(await screen.findByRole('button', { name: /Give the seat/ }));
    await vi.waitFor(() => {
      expect(screen.getByRole('radio', { name: 'As the relay of this place' })).toBeDisabled();
    });
    expect(screen.getByRole('radio', { name: 'Standing in' })).toBeDisabled();
    expect(screen.queryByRole('button', { name: /^Yes/ })).toBeNull();
  });

  it('declines with words only, and can take it back for a few seconds', async () => {
    const { user } = show(<ApplicationsDesk />, { at: '/?application=a1' });
    await user.click(await screen.findByRole('button', { name: 'Decline undo for 10 s' }));
    await user.click(screen.getByRole('button', { name: 'Decline undo for 10 s' }));
    expect(screen.getByText('A no comes with a few words.')).toBeVisible();
    await user.type(screen.getByLabelText('Your words to Camille Vernoux'), 'Thank you.');
    await user.click(screen.getByRole('button', { name: 'Decline undo for 10 s' }));
    expect(screen.getByText('Application of Camille Vernoux declined.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: /^Undo/ }));
    expect(screen.getByRole('button', { name: 'Camille Vernoux' })).toBeVisible();
    expect(decisions).toEqual([]);
  });

  it('does what was asked when the page is left before the time is over', async () => {
    const { user } = show(<ApplicationsDesk />, { at: '/?application=a1' });
    await user.click(await screen.findByRole('button', { name: /I talked with this person/ }));
    expect(decisions).toEqual([]);
    window.dispatchEvent(new Event('pagehide'));
    await vi.waitFor(() => {
      expect(decisions).toEqual([{ path: 'a1 contact', body: null }]);
    });
  });

  it('says where applications come from when there are none', async () => {
    const { user } = show(<ApplicationsDesk />);
    await user.click(await screen.findByRole('button', { name: 'Approved' }));
    expect(await screen.findByText('No approved application yet')).toBeVisible();
  });

  it('shows what was taken back, with why where it was said, and is walked through with J and K', async () => {
    const closed = {
      contact: false,
      approve: false,
      decline: false,
      release: false,
      withdraw: false,
    };
    const gone = [
      application({
        id: 'g1',
        status: 'withdrawn',
        why_withdrawn: 'I am moving away.',
        abilities: closed,
      }),
      application({
        id: 'g2',
        status: 'withdrawn',
        why_withdrawn: '',
        abilities: closed,
      }),
    ];
    server.use(
      http.get('*/api/v1/relays/applications/', ({ request }) => {
        const isGone = new URL(request.url).searchParams.get('status') === 'withdrawn';
        return HttpResponse.json({ items: isGone ? gone : [], next: null });
      }),
    );
    const { user } = show(<ApplicationsDesk />);
    await user.click(await screen.findByRole('button', { name: /Taken back/ }));
    expect(await screen.findByRole('heading', { name: '2 applications taken back' })).toBeVisible();
    await user.keyboard('j');
    expect(await screen.findByText('I am moving away.')).toBeVisible();
    await user.keyboard('j');
    expect(await screen.findByText('Nothing was said, and nobody has to.')).toBeVisible();
    await user.keyboard('k');
    expect(await screen.findByText('I am moving away.')).toBeVisible();
  });

  it('asks the server for what is searched and in which order, whatever pages are loaded', async () => {
    const asked: string[] = [];
    server.use(
      http.get('*/api/v1/relays/applications/', ({ request }) => {
        const { searchParams } = new URL(request.url);
        asked.push(`${searchParams.get('q') ?? ''} ${searchParams.get('sort') ?? ''}`.trim());
        return HttpResponse.json({ items: searchParams.get('q') ? [late] : [application(), late], next: null });
      }),
    );
    const { user } = show(<ApplicationsDesk />);
    await user.click(await screen.findByRole('button', { name: 'Person' }));
    await user.type(screen.getByRole('searchbox'), 'lanoe');
    expect(await screen.findByText('1 application')).toBeVisible();
    expect(screen.getByRole('heading', { level: 1, name: 'Applications' })).toBeVisible();
    expect(asked).toContain('name');
    expect(asked.at(-1)).toBe('lanoe name');
  });
});
