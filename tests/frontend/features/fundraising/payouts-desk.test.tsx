import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Payout, ProviderMoney } from '@/api/shapes';
import { PayoutsDesk } from '@/features/fundraising/payouts-desk';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';
import { recipient } from './samples';

const api = '*/api/v1/fundraising/treasury';

const run = {
  began_at: '2026-11-20T02:10:00Z',
  ended_at: '2026-11-20T02:12:00Z',
  is_whole: true,
  is_by_night: true,
  seen: 120,
  applied: 2,
  balance: 12_000,
};
const standing: ProviderMoney = {
  currency: 'eur',
  books: 9000,
  balance: 12_000,
  opening: 500,
  under_way: 2000,
  reconciliation: run,
  differences: 1,
  explained: 0,
  held: 0,
  disputes: 0,
  new_cards_closed: null,
};
const payout: Payout = {
  id: 'po_1',
  amount: 4800,
  state: 'in_transit',
  sent_at: '2026-11-19T00:00:00Z',
  arrives_on: '2026-11-23',
  failure: '',
  is_automatic: true,
};
const line = {
  id: 'txn_1',
  kind: 'charge',
  amount: 5000,
  fee: 200,
  comes_from: 'ch_1',
  happened_at: '2026-11-18T10:00:00Z',
  state: 'booked',
  donation: 'd1',
};

describe('the money at the payment provider', () => {
  let told = standing;
  beforeEach(() => {
    told = standing;
    server.use(
      http.get(`${api}/`, () => HttpResponse.json({ items: [recipient], near_identities: 0 })),
      http.get(`${api}/party/money/`, () => HttpResponse.json(told)),
      http.get(`${api}/party/payouts/`, () => HttpResponse.json({ items: [payout], next: null })),
      http.get(`${api}/payouts/po_1/`, () =>
        HttpResponse.json({
          ...payout,
          items: [line, { ...line, id: 'txn_2', kind: 'topup', amount: -200, fee: 0, state: 'open', donation: null }],
          next: null,
        }),
      ),
    );
  });

  it('says how it stands, what lies between, and what a payout holds', async () => {
    const { user, container } = show(<PayoutsDesk />);
    const between = await screen.findByText('Left between them');
    expect(between.parentElement).toHaveTextContent('€5');
    expect(screen.getByText(/2 things were late and are booked now/)).toBeVisible();
    expect(screen.getByRole('link', { name: '1 difference to explain' })).toHaveAttribute(
      'href',
      '/desk/money/decide?fund=party&what=differences',
    );
    await user.click(await screen.findByRole('button', { name: '19 November 2026' }));
    expect(await screen.findByRole('heading', { name: 'Payout of €48' })).toBeVisible();
    expect(screen.getByRole('link', { name: 'donation by card' })).toHaveAttribute(
      'href',
      '/desk/money/donations?fund=party&donation=d1',
    );
    expect(screen.getByText(/fee €2/)).toBeVisible();
    expect(screen.getByText(/not in the books/)).toBeVisible();
    await expectNoAxeFinding(container);
  });

  it('is read back on demand, and says how far it is', async () => {
    server.use(
      http.post(`${api}/party/reconcile/`, () => {
        told = { ...standing, reconciliation: { ...run, ended_at: null, is_whole: false, seen: 7 } };
        return HttpResponse.json(told.reconciliation, { status: 202 });
      }),
    );
    const { user } = show(<PayoutsDesk />);
    await screen.findByText('Left between them');
    await user.click(screen.getByRole('button', { name: 'Read the provider now' }));
    expect(await screen.findByText(/Being read: 7 lines so far/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Read the provider now' })).toBeDisabled();
    told = { ...standing, reconciliation: { ...run, applied: 0 } };
    expect(await screen.findByText(/nothing was late/)).toBeVisible();
  });

  it('takes new cards again', async () => {
    const closed = { closed_at: run.began_at, until: '2026-11-20T03:10:00Z', tries: 40, declined: 38 };
    told = { ...standing, new_cards_closed: closed };
    server.use(
      http.post(`${api}/party/new-cards/open/`, () => {
        told = standing;
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user } = show(<PayoutsDesk />);
    expect(await screen.findByText(/40 tries, 38 declined/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Take new cards again now' }));
    await waitFor(() => {
      expect(screen.queryByText(/40 tries/)).toBeNull();
    });
  });
});
