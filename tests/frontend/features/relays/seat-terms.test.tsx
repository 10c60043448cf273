import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { OwnTerm, Seat } from '@/api/shapes';
import { HeldSeat } from '@/features/relays/held-seat';
import { SeatPanel } from '@/features/relays/seat-panel';
import { expectNoAxeFinding } from '~tests/axe';
import { network, seat, seats, seatTerm, standIn } from '~tests/samples';
import { server } from '~tests/server';
import { show } from '~tests/show';

const [, row] = seats;
if (!row) throw new Error('the samples have a second seat');

let shown: Seat;
let ended: string[];

beforeEach(() => {
  shown = seat();
  ended = [];
  server.use(
    http.get('*/api/v1/relays/seats/s2/', () => HttpResponse.json(shown)),
    http.get('*/api/v1/relays/seats/s2/counterparts/', () =>
      HttpResponse.json({ measures: [], items: [], why_none: 'no_figures' }),
    ),
    http.get('*/api/v1/relays/networks/', () => HttpResponse.json({ items: [network] })),
    http.post('*/api/v1/relays/terms/:id/end/', ({ params }) => {
      ended.push(String(params.id));
      return HttpResponse.json({ id: params.id, ends_at: '2026-11-25T10:00:00Z', paused_until: null });
    }),
  );
});

describe('a seat at the desk', () => {
  const panel = <SeatPanel row={row} officeHolder={<p>Who sits</p>} />;

  it('shows whoever stands in beside a relay, and ends the term that was meant', async () => {
    shown = seat({ state: 'stand_in', terms: [seatTerm({ paused_until: '2026-12-24' }), standIn] });
    const { user, container } = show(panel);
    const relay = await screen.findByRole('group', { name: 'Camille Vernoux' });
    const other = screen.getByRole('group', { name: 'Ada Lind' });
    expect(within(relay).getByText(/Relay since/)).toBeVisible();
    expect(within(other).getByText(/Stand-in since/)).toBeVisible();
    expect(within(relay).getByRole('button', { name: 'Choose another day' })).toBeVisible();
    expect(within(other).queryByRole('button', { name: /Pause|another day/ })).toBeNull();
    expect(await within(relay).findByRole('button', { name: 'Begin a hand-over, as they asked' })).toBeVisible();
    await expectNoAxeFinding(container);
    await user.click(within(other).getByRole('button', { name: 'End the term the relay keeps the seat' }));
    const sure = screen.getByRole('alertdialog', { name: 'End the term of Ada Lind?' });
    await user.click(within(sure).getByRole('button', { name: 'End the term' }));
    await waitFor(() => {
      expect(ended).toEqual(['t2']);
    });
    await user.click(within(relay).getByRole('button', { name: 'End the term the stand-in goes on' }));
    await user.click(within(screen.getByRole('alertdialog')).getByRole('button', { name: 'End the term' }));
    await waitFor(() => {
      expect(ended).toEqual(['t2', 't1']);
    });
  });

  it('leads to the applications wherever some are open, whatever the state', async () => {
    const asked = {
      id: 'a1',
      person_id: 'p2',
      name: 'Samir',
      status: 'submitted',
      confirmed_at: '2026-11-24T10:00:00Z',
    };
    shown = seat({ state: 'dormant', terms: [seatTerm()], applications: [asked as Seat['applications'][number]] });
    show(panel);
    expect(await screen.findByRole('link', { name: 'See the applications' })).toBeVisible();
  });

  it('says that a seat becomes vacant where its only term ends', async () => {
    shown = seat({ state: 'filled', terms: [seatTerm()] });
    show(panel);
    expect(await screen.findByRole('button', { name: 'End the term the seat becomes vacant' })).toBeVisible();
  });

  it('says to who does not organise there who answers, and offers nothing', async () => {
    const holder = { name: 'Camille', photo: '', kind: 'relay', is_paused: false, starts_at: '2026-03-02T10:00:00Z' };
    shown = seat({ state: 'filled', holder: holder as Seat['holder'] });
    show(panel);
    expect(await screen.findByText('Camille')).toBeVisible();
    expect(screen.queryByRole('button', { name: /End the term/ })).toBeNull();
  });
});

describe('the seat that I hold', () => {
  const own: OwnTerm = {
    id: 't2',
    seat: 's2',
    code: 'A02',
    name: 'Alder, 2nd',
    kind: 'stand_in',
    starts_at: '2026-10-05T10:00:00Z',
    is_new: false,
  };

  it('says since when I stand in, and lets me leave beside a relay', async () => {
    const holder = { name: '', photo: '', kind: 'relay', is_paused: false, starts_at: '2026-03-02T10:00:00Z' };
    shown = seat({ state: 'filled', holder: holder as Seat['holder'], terms: [{ ...standIn, is_mine: true }] });
    const { user } = show(<HeldSeat term={own} officeHolder={() => null} />);
    expect(screen.getByText(/You have stood in since Monday/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Stop standing in' }));
    const sure = screen.getByRole('alertdialog', { name: 'Stop standing in?' });
    await user.click(within(sure).getByRole('button', { name: 'Stop standing in' }));
    await waitFor(() => {
      expect(ended).toEqual(['t2']);
    });
  });

  it('says since when I hold it while somebody stands in for me, and lets me leave', async () => {
    const holder = { name: '', photo: '', kind: 'stand_in', is_paused: false, starts_at: '2026-10-05T10:00:00Z' };
    shown = seat({
      state: 'stand_in',
      holder: holder as Seat['holder'],
      terms: [seatTerm({ is_mine: true, paused_until: '2026-12-24' })],
    });
    const mine: OwnTerm = { ...own, id: 't1', kind: 'relay', starts_at: '2026-03-02T10:00:00Z' };
    const { user } = show(<HeldSeat term={mine} officeHolder={() => null} />);
    expect(screen.getByText(/You have held it since Monday/)).toHaveTextContent(/2 March/);
    expect(await screen.findByText(/You pause until Thursday/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Give up my seat' }));
    await user.click(within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Give up my seat' }));
    await waitFor(() => {
      expect(ended).toEqual(['t1']);
    });
  });
});
