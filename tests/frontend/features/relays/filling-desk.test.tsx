import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SeatAsk, SeatToFill, SeatToFillWhole } from '@/api/shapes';
import { FillingDesk } from '@/features/relays/filling-desk';
import { expectNoAxeFinding } from '~tests/axe';
import { network } from '~tests/samples';
import { server } from '~tests/server';
import { show } from '~tests/show';

const row: SeatToFill = {
  id: 's2',
  code: 'A02',
  name: 'Alder, 2nd',
  group: 'Alder',
  state: 'vacant',
  since: '2026-05-01T10:00:00Z',
  taken_by: null,
  snoozed_until: null,
  next_step: '',
  next_step_on: null,
  last_step: { kind: 'put_up_poster', at: '2026-11-02T10:00:00Z', by: { id: 'u2', name: 'Paul Loin', is_me: false } },
  volunteers: 3,
  neighbours: 1,
};
const whole: SeatToFillWhole = {
  ...row,
  place_kind: 'constituency',
  office: 'member of parliament',
  steps: [],
  asks: [],
  colleagues: [{ id: 'u1', name: 'Nadia Ferhat', is_me: true }],
  places_to_look: [
    { code: 'students', says: 'Many students', where: 'Universities.', here: 16, country: 8, published_by: 'Census' },
  ],
  communes: [{ name: 'Valbrune', population: 1800, is_whole: false }],
  next_door: [{ id: 's1', code: 'A01', name: 'Alder, 1st', state: 'filled' }],
  invitations: [
    {
      language: 'en',
      url: 'https://net.example/en/places/A02/',
      poster: 'https://net.example/en/places/A02/poster/',
      subject: 'Alder looks for somebody',
      text: 'Hello',
      short: 'Alder looks for somebody to speak for it.',
    },
  ],
  abilities: { take_on: true, hand_on: false, let_go: false, snooze: true, ask: true },
};
const volunteer = (id: string, name: string, metres: number) => ({
  id,
  name,
  metres,
  last_asked_at: null,
  unasked: null,
  why: '',
  commune: 'Valbrune',
  is_here: metres === 0,
  contacts: [],
});
const asked: unknown[] = [];

beforeEach(() => {
  asked.length = 0;
  server.use(
    http.get('*/api/v1/relays/filling/', () => HttpResponse.json({ items: [row], next: null })),
    http.get('*/api/v1/relays/filling/count/', () => HttpResponse.json({ count: 1, is_more: false })),
    http.get('*/api/v1/relays/filling/s2/', () => HttpResponse.json(whole)),
    http.get('*/api/v1/relays/filling/s2/volunteers/', () =>
      HttpResponse.json({
        items: [volunteer('p1', 'Awa Diop', 0), volunteer('p2', 'Bo Lis', 12_400)],
        total: 2,
        nearest: ['p1', 'p2'],
      }),
    ),
    http.get('*/api/v1/relays/filling/s2/neighbours/', () => HttpResponse.json({ items: [], elsewhere: 2 })),
    http.get('*/api/v1/relays/filling/s2/letter/', () =>
      HttpResponse.json({ language: 'fr', subject: 'Tiendriez-vous ce siège ?', text: 'Awa, Nadia Ferhat cherche' }),
    ),
    http.post('*/api/v1/relays/filling/s2/ask/', async ({ request }) => {
      asked.push(await request.json());
      return HttpResponse.json(
        {
          asks: [{ id: 'a1', person: 'p1', seat: 's2' }],
          unasked: [{ person: 'p2', reason: 'rests', why: 'answered a short while ago' }],
          leaves_at: '2026-11-29T10:03:00Z',
        },
        { status: 201 },
      );
    }),
    http.get('*/api/v1/accounts/me/', () => HttpResponse.json({ grants: [] })),
  );
});

describe('seats to fill', () => {
  it('says how many there are and what was tried last, by whom', async () => {
    const { container } = show(<FillingDesk network={network} />);
    expect(await screen.findByRole('heading', { level: 1, name: '1 seat to fill' })).toBeVisible();
    const [, line] = await screen.findAllByRole('row');
    expect(line).toHaveTextContent('Poster put up');
    expect(line).toHaveTextContent('Paul Loin');
    await expectNoAxeFinding(container);
  });

  it('is walked through with J, and the address says where one is', async () => {
    const { user, router } = show(<FillingDesk network={network} />);
    await screen.findByRole('table');
    await user.keyboard('j');
    expect(router.state.location.search).toBe('?seat=s2');
  });

  it('keeps its filters in the address, and says what to do when none is left', async () => {
    server.use(http.get('*/api/v1/relays/filling/', () => HttpResponse.json({ items: [], next: null })));
    const { user, router } = show(<FillingDesk network={network} />);
    await user.click(await screen.findByRole('button', { name: 'On my list' }));
    expect(router.state.location.search).toBe('?whose=mine');
    await user.click(await screen.findByRole('button', { name: 'Show all seats to fill' }));
    expect(router.state.location.search).toBe('');
  });

  it('shows the letter before it asks, then what became of it and the way back', async () => {
    let undone = 0;
    server.use(
      http.post('*/api/v1/relays/asks/a1/take-back/', () => {
        undone += 1;
        return HttpResponse.json({ id: 'a1', status: 'taken_back' });
      }),
    );
    const { user, container } = show(<FillingDesk network={network} />, { at: '/?seat=s2' });
    expect(await screen.findByText('Many students')).toBeVisible();
    expect(await screen.findByText(/2 relays next door are of another organiser/)).toBeVisible();
    await expectNoAxeFinding(container);
    await user.click(await screen.findByRole('button', { name: 'Ask the 2 nearest' }));
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByText('Tiendriez-vous ce siège ?')).toBeVisible();
    await user.click(within(dialog).getByRole('button', { name: 'Ask these 2 people' }));
    expect(await within(dialog).findByText('Bo Lis is not asked: answered a short while ago.')).toBeVisible();
    expect(asked).toEqual([{ kind: 'volunteer', people: ['p1', 'p2'] }]);
    await user.click(within(dialog).getByRole('button', { name: 'Undo: nobody is asked' }));
    await expect.poll(() => undone).toBe(1);
  });

  it('writes down what a neighbour who said yes still lacks, or says who does', async () => {
    const agreed: SeatAsk = {
      id: 'k1',
      person_id: 'p5',
      name: 'Yann Bel',
      kind: 'stand_in',
      status: 'agreed',
      asked_at: '2026-11-25T10:00:00Z',
      leaves_at: '2026-11-25T10:03:00Z',
      has_left: true,
      answered_at: '2026-11-26T10:00:00Z',
      term: 't5',
      abilities: { take_back: false, confirm: true, set_aside: true },
    };
    const far = { ...agreed, id: 'k2', person_id: 'p6', name: 'Zoé Far', term: null };
    const lacking = { code: 'first', name: 'First steps', id: null, obtained_on: null, ends_on: null };
    const abilities = { send_charter: false, note_paper: false, qualify: true };
    const ready = { is_ready: false, charter: null, qualifications: [lacking], abilities };
    server.use(
      http.get('*/api/v1/relays/filling/s2/', () => HttpResponse.json({ ...whole, asks: [agreed, far] })),
      http.get('*/api/v1/relays/terms/t5/readiness/', () => HttpResponse.json(ready)),
      http.post('*/api/v1/relays/terms/t5/qualifications/', () =>
        HttpResponse.json({ ...ready, is_ready: true, qualifications: [{ ...lacking, id: 'q1' }] }),
      ),
      http.post('*/api/v1/relays/asks/:id/confirm/', () =>
        HttpResponse.json({ code: 'qualification_missing', detail: 'It asks for more.' }, { status: 409 }),
      ),
    );
    const { user, container } = show(<FillingDesk network={network} />, { at: '/?seat=s2' });
    expect(await screen.findByText(/Lacks: First steps/)).toBeVisible();
    await expectNoAxeFinding(container);
    await user.click(screen.getByRole('button', { name: 'Record it' }));
    expect(await screen.findByText(/Has: First steps/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Zoé Far stands in: confirm' }));
    expect(await screen.findByText(/An organiser of the place that they hold writes it down/)).toBeVisible();
  });
});
