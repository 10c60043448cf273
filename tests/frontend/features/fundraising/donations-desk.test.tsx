import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { DonationsDesk } from '@/features/fundraising/donations-desk';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';
import { donation, donationCard, recipient } from './samples';

const list = '*/api/v1/fundraising/treasury/:code/donations/';

describe('the donations to a recipient', () => {
  const asked: string[] = [];
  beforeEach(() => {
    asked.length = 0;
    server.use(
      http.get('*/api/v1/accounts/me/', () => HttpResponse.json({ grants: [] })),
      http.get('*/api/v1/fundraising/treasury/', () => HttpResponse.json({ items: [recipient] })),
      http.get(`${list}count/`, () => HttpResponse.json({ count: 10_000, is_more: true })),
      http.get('*/api/v1/fundraising/treasury/donations/d1/', () => HttpResponse.json(donationCard)),
      http.get(list, ({ request }) => {
        asked.push(new URL(request.url).search);
        const items = request.url.includes('nobody')
          ? []
          : [donation, { ...donation, id: 'd2', amount: 300_000, state: 'held', is_monthly: false }];
        return HttpResponse.json({ items, next: null });
      }),
    );
  });

  it('says who gave how much, and where it stands', async () => {
    const { container } = show(<DonationsDesk />);
    expect(await screen.findByRole('heading', { name: 'More than 10,000 donations' })).toBeVisible();
    expect(screen.getAllByRole('rowheader', { name: /Claire Dumontel/ })).toHaveLength(2);
    expect(screen.getByRole('cell', { name: '€20.50 a month' })).toBeVisible();
    expect(screen.getByRole('cell', { name: 'waits for your word' })).toBeVisible();
    await expectNoAxeFinding(container);
  });

  it('opens one by J, with what happened and what the books say', async () => {
    const { user, router } = show(<DonationsDesk />);
    await screen.findByRole('table');
    await user.keyboard('j');
    expect(router.state.location.search).toBe('?donation=d1');
    const panel = screen.getByRole('complementary');
    await waitFor(() => {
      expect(panel).toHaveTextContent('€20.50, monthly donation');
    });
    expect(panel).toHaveTextContent('12 rue des Remparts, 26150 Die, FR');
    expect(panel).toHaveTextContent('claire@example.org not proved');
    expect(panel).toHaveTextContent('donation, on 20 November 2026');
    expect(screen.getByRole('link', { name: 'Their other donations' })).toHaveAttribute(
      'href',
      '/desk/money/donations?fund=party&q=claire%40example.org',
    );
    await expectNoAxeFinding(panel);
  });

  it('leads from a card that waits to where it is decided', async () => {
    server.use(
      http.get('*/api/v1/fundraising/treasury/donations/d2/', () =>
        HttpResponse.json({
          ...donationCard,
          id: 'd2',
          state: 'held',
          held_for: 'company',
          settled_at: null,
          given_back: null,
        }),
      ),
    );
    show(<DonationsDesk />, { at: '/?donation=d2' });
    expect(await screen.findByRole('link', { name: 'Decide' })).toHaveAttribute(
      'href',
      '/desk/money/decide?fund=party&what=held&one=d2',
    );
    expect(screen.queryByRole('heading', { name: 'Given back' })).toBeNull();
  });

  it('keeps in the address by what it is narrowed and sorted', async () => {
    const { user, router } = show(<DonationsDesk />);
    await screen.findByRole('table');
    await user.selectOptions(screen.getByLabelText('State'), 'held');
    await user.click(screen.getByText('More filters'));
    await user.type(screen.getByLabelText('At least, in euros'), '50');
    await user.click(screen.getByRole('button', { name: 'Amount' }));
    await waitFor(() => {
      expect(asked.at(-1)).toBe('?state=held&least=5000&sort=largest');
    });
    await user.click(screen.getAllByRole('button', { name: 'Day' })[0] as HTMLElement);
    expect(router.state.location.search).toBe('?state=held&least=5000');
    await user.click(screen.getAllByRole('button', { name: 'Day' })[0] as HTMLElement);
    expect(router.state.location.search).toContain('sort=oldest');
  });

  it('says what to do where nothing is found, and shows all again', async () => {
    const { user, router } = show(<DonationsDesk />, { at: '/?q=nobody' });
    expect(await screen.findByRole('heading', { name: 'No such donation' })).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'See all donations' }));
    expect(await screen.findByRole('table')).toBeVisible();
    expect(router.state.location.search).toBe('');
  });

  it('says that the list could not be read, and reads it again', async () => {
    let isAway = true;
    server.use(
      http.get(list, () =>
        isAway
          ? HttpResponse.json({ code: 'server' }, { status: 500 })
          : HttpResponse.json({ items: [donation], next: null }),
      ),
    );
    const { user } = show(<DonationsDesk />);
    const again = await screen.findByRole('button', { name: 'Try again' });
    isAway = false;
    await user.click(again);
    expect(await screen.findByRole('table')).toBeVisible();
  });

  it('tells a treasurer of nothing where recipients come from', async () => {
    server.use(http.get('*/api/v1/fundraising/treasury/', () => HttpResponse.json({ items: [] })));
    show(<DonationsDesk />);
    expect(await screen.findByRole('heading', { name: 'No recipient' })).toBeVisible();
  });
});
