import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { MonthlyDonation } from '@/api/shapes';
import { MonthlyDesk } from '@/features/fundraising/monthly-desk';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';
import { recipient } from './samples';

const api = '*/api/v1/fundraising/treasury';

const monthly: MonthlyDonation = {
  id: 'm1',
  given_name: 'Claire',
  family_name: 'Dumontel',
  email: 'claire@example.org',
  amount: 2000,
  currency: 'eur',
  day: 5,
  method: 'card',
  state: 'failing',
  next_on: '2026-12-05',
  retry_on: '2026-11-23',
  paused_until: null,
  created_at: '2026-09-05T09:30:00Z',
  stopped_at: null,
};

describe('monthly donations', () => {
  const asked: string[] = [];
  const sent: unknown[] = [];
  let row = monthly;
  beforeEach(() => {
    asked.length = sent.length = 0;
    row = monthly;
    server.use(
      http.get(`${api}/`, () => HttpResponse.json({ items: [recipient], near_identities: 0 })),
      http.get(`${api}/party/monthly/`, ({ request }) => {
        asked.push(new URL(request.url).search);
        return HttpResponse.json({ items: request.url.includes('paused') ? [] : [row], next: null });
      }),
      http.post(`${api}/monthly/m1/stop/`, async ({ request }) => {
        sent.push(await request.json());
        row = { ...monthly, state: 'stopped', stopped_at: '2026-11-20T09:30:00Z' };
        return HttpResponse.json(row);
      }),
    );
  });

  it('are listed with where they stand, and stopped for a reason', async () => {
    const { user, container } = show(<MonthlyDesk />);
    expect(await screen.findByRole('cell', { name: 'waits for another card' })).toBeVisible();
    expect(screen.getByRole('cell', { name: '€20 a month' })).toBeVisible();
    await user.keyboard('j');
    const panel = screen.getByRole('complementary');
    expect(panel).toHaveTextContent('Tried again23 November 2026');
    expect(within(panel).getByRole('link', { name: 'What they gave' })).toHaveAttribute(
      'href',
      '/desk/money/donations?fund=party&q=claire%40example.org',
    );
    await expectNoAxeFinding(container);
    const stop = within(panel).getByRole('button', { name: 'Stop €20 a month' });
    expect(stop).toBeDisabled();
    await user.type(within(panel).getByLabelText('How its donor asked for it'), 'Call of 20 November');
    await user.click(stop);
    expect(await screen.findByText('€20 a month of Claire Dumontel: stopped. They are told by mail.')).toBeVisible();
    expect(sent).toEqual([{ reason: 'Call of 20 November' }]);
    await waitFor(() => {
      expect(within(panel).queryByRole('textbox')).toBeNull();
    });
  });

  it('are narrowed by state, which says what to do where there is none', async () => {
    const { user, router } = show(<MonthlyDesk />);
    await screen.findByRole('table');
    await user.click(screen.getByRole('button', { name: 'paused' }));
    expect(await screen.findByRole('heading', { name: 'No monthly donation stands so' })).toBeVisible();
    expect(asked).toEqual(['', '?state=paused']);
    expect(router.state.location.search).toBe('?state=paused');
  });
});
