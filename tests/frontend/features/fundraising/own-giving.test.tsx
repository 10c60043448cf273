import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { OwnDonation, OwnGiving, OwnPage } from '@/api/shapes';
import { MyGiving } from '@/app/routes/my-giving';
import { takeProof } from '@/features/fundraising/give/handed-proof';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';

const api = '*/api/v1/fundraising';

const giving: OwnGiving = {
  monthly: [
    {
      to: 'Common Shore',
      amount: 1000,
      currency: 'eur',
      state: 'active',
      next_on: '2026-12-05',
      paused_until: null,
      page: '/en/monthly/m1/',
    },
  ],
  allowances: [
    {
      name: 'Claire Dumontel',
      said: 'You may still give €1,240 this year. The law allows €7,500.',
      cap: 750_000,
      counted: 626_000,
      remaining: 124_000,
      currency: 'eur',
      give: '/en/give/party/',
    },
  ],
  statements: [{ year: 2025, page: '/en/give/year/y1/' }],
  asked: [],
};
const donation: OwnDonation = {
  id: 'd1',
  to: 'Friends of the Bridge',
  on: '2026-11-03',
  amount: 5000,
  refunded: 1000,
  currency: 'eur',
  state: 'settled',
  method: 'card',
  is_monthly: false,
  page: '/en/give/thanks/t1/',
  steps: [{ code: 'made', said: 'Ready to download.', at: '2026-11-03T10:00:00Z' }],
  receipt: '/en/give/receipt/r1/',
};
const page: OwnPage = {
  slug: 'bridge',
  title: 'My birthday for the bridge',
  kind: 'personal',
  state: 'open',
  address: '/en/give/p/bridge/',
  manage: '/en/give/p/mine/p1/',
  people: 7,
  cents: 25_000,
  goal: 50_000,
  currency: 'eur',
};

function answer(said: Partial<OwnGiving>, donations: OwnDonation[] = [], pages: OwnPage[] = []) {
  server.use(
    http.get(`${api}/mine/`, () => HttpResponse.json({ ...giving, ...said })),
    http.get(`${api}/mine/donations/`, () => HttpResponse.json({ items: donations, next: null })),
    http.get(`${api}/pages/`, () => HttpResponse.json({ items: pages })),
  );
}

describe('my giving', () => {
  beforeEach(() => {
    answer({}, [donation], [page]);
  });

  it('says what I gave, with the receipt to download, and what the law still lets me give', async () => {
    const { container } = show(<MyGiving />);
    expect(await screen.findByText(/You may still give €1,240 this year/)).toBeVisible();
    expect(screen.getByRole('img', { name: '€6,260 of €7,500' })).toBeVisible();
    const receipt = await screen.findByRole('link', { name: 'Download the receipt of €50 of 3 November 2026' });
    expect(receipt).toHaveAttribute('href', '/en/give/receipt/r1/');
    expect(screen.getByText(/€10 given back/)).toBeVisible();
    expect(screen.getByRole('link', { name: 'What you gave in 2025' })).toHaveAttribute('href', '/en/give/year/y1/');
    await expectNoAxeFinding(container);
  });

  it('leads to where a monthly donation is changed, paused or stopped', async () => {
    show(<MyGiving />);
    const change = await screen.findByRole('link', { name: /^Change, pause or stop what I give each month/ });
    expect(change).toHaveAttribute('href', '/en/monthly/m1/');
    expect(screen.getByText('The next one is taken on 5 December 2026.')).toBeVisible();
  });

  it('shows my pages with what they raised, where I look after them, and their link', async () => {
    const { user } = show(<MyGiving />);
    expect(await screen.findByRole('img', { name: '€250 of €500' })).toBeVisible();
    expect(screen.getByRole('link', { name: 'Look after “My birthday for the bridge”' })).toHaveAttribute(
      'href',
      '/en/give/p/mine/p1/',
    );
    await user.click(screen.getByRole('button', { name: 'Copy the link of “My birthday for the bridge”' }));
    expect(await screen.findByText('Copied.')).toBeInTheDocument();
    expect(await navigator.clipboard.readText()).toContain('/en/give/p/bridge/');
  });

  it('asks whether it was me who gave with my address', async () => {
    const said: unknown[] = [];
    answer({
      asked: [{ donor: 'x1', name: 'Zoé', to: 'Common Shore', on: '2026-11-03', amount: 5000, currency: 'eur' }],
    });
    server.use(
      http.post(`${api}/mine/asked/x1/`, async ({ request }) => {
        said.push(await request.json());
        answer({});
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user } = show(<MyGiving />);
    const card = await screen.findByRole('region', { name: 'Was it you?' });
    await user.click(within(card).getByRole('button', { name: 'It was not me' }));
    await waitFor(() => {
      expect(screen.queryByRole('region', { name: 'Was it you?' })).toBeNull();
    });
    expect(said).toEqual([{ was: 'not_me' }]);
  });

  it('leads to the page of a fund with my address proved, for I am signed in', async () => {
    server.use(
      http.get('*/api/v1/accounts/me/', () => HttpResponse.json({ email: 'Claire@people.example' })),
      http.post(`${api}/proofs/session/`, () => HttpResponse.json({ token: 'p1', ends_at: '2126-11-30T10:00:00Z' })),
    );
    const { user } = show(<MyGiving />);
    const give = await screen.findByRole('link', { name: 'Give' });
    expect(give).toHaveAttribute('href', '/en/give/party/');
    await user.click(give);
    await waitFor(() => {
      expect(takeProof()).toMatchObject({ token: 'p1', email: 'claire@people.example' });
    });
  });

  it('says where to begin who never gave', async () => {
    answer({ monthly: [], allowances: [], statements: [] });
    show(<MyGiving />);
    expect(await screen.findByText('No donation yet')).toBeVisible();
    expect(await screen.findByText(/You have no page/)).toBeVisible();
  });
});
