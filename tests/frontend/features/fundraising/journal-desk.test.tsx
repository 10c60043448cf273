import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { LedgerEntry } from '@/api/shapes';
import { JournalDesk } from '@/features/fundraising/journal-desk';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';
import { recipient } from './samples';

const api = '*/api/v1/fundraising/treasury';

const entry: LedgerEntry = {
  id: 1207,
  key: 'donation:ch_1',
  kind: 'donation',
  booked_on: '2026-11-20',
  happened_at: '2026-11-20T09:31:00Z',
  donation: 'd1',
  amount: 5000,
  lines: [
    { account: 'provider', number: '517000', name: 'Provider', envelope: '', amount: 5000 },
    { account: 'donations', number: '754000', name: 'Donations', envelope: 'Solidarity', amount: -5000 },
  ],
};

describe('the journal of the books', () => {
  const asked: string[] = [];
  let years = [
    { year: 2026, entries: 2, debits: 10_000, closed_at: null },
    { year: 2025, entries: 1, debits: 100, closed_at: null },
  ];
  beforeEach(() => {
    asked.length = 0;
    server.use(
      http.get(`${api}/`, () => HttpResponse.json({ items: [recipient], near_identities: 0 })),
      http.get(`${api}/party/books/`, () =>
        HttpResponse.json({
          currency: 'eur',
          sum: 0,
          balances: [{ account: 'bank', number: '512000', name: 'Bank', envelope: '', balance: 5000 }],
          years,
        }),
      ),
      http.get(`${api}/party/books/entries/`, ({ request }) => {
        const { search, searchParams } = new URL(request.url);
        asked.push(search);
        const isLater = searchParams.has('after');
        const items = searchParams.has('kind') ? [] : [{ ...entry, id: isLater ? 3 : 1207 }];
        return HttpResponse.json({ items, next: isLater || items.length === 0 ? null : 'k2' });
      }),
    );
  });

  it('shows each entry of a year with its lines, page by page', async () => {
    const { user, container } = show(<JournalDesk />);
    expect(await screen.findByText(/Donation, on 20 November 2026/)).toBeVisible();
    expect(screen.getByRole('cell', { name: '754000 Donations Solidarity' })).toBeVisible();
    expect(screen.getAllByRole('cell', { name: '€50' })).toHaveLength(2);
    expect(screen.getByRole('link', { name: 'See the donation' })).toHaveAttribute(
      'href',
      '/desk/money/donations?fund=party&donation=d1',
    );
    expect(asked).toEqual(['?since=2026-01-01&until=2026-12-31']);
    await expectNoAxeFinding(container);
    await user.click(screen.getByRole('button', { name: 'Show more' }));
    await waitFor(() => {
      expect(screen.getAllByText(/Donation, on 20 November 2026/)).toHaveLength(2);
    });
    expect(asked.at(-1)).toBe('?since=2026-01-01&until=2026-12-31&after=k2');
  });

  it('is narrowed by year, month, kind and account, which stands in the address', async () => {
    const { user, router } = show(<JournalDesk />);
    await screen.findByRole('table');
    await user.click(screen.getByRole('button', { name: '2025' }));
    await user.selectOptions(screen.getByLabelText('Month'), 'February');
    await user.selectOptions(screen.getByLabelText('Account'), '512000 Bank');
    await waitFor(() => {
      expect(asked.at(-1)).toBe('?since=2025-02-01&until=2025-02-28&account=bank');
    });
    await user.selectOptions(screen.getByLabelText('What happened'), 'Payout');
    expect(await screen.findByRole('heading', { name: 'No such entry' })).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'See the whole year' }));
    expect(await screen.findByRole('table')).toBeVisible();
    expect(router.state.location.search).toBe('?year=2025');
  });

  it('says that nothing was booked yet', async () => {
    years = [];
    show(<JournalDesk />);
    expect(await screen.findByText('Nothing was booked yet.')).toBeVisible();
  });
});
