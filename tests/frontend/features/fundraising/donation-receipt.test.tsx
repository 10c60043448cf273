import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { DonationReceipt } from '@/features/fundraising/donation-receipt';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';
import { donationCard } from './samples';

const receipt = { id: 'r1', number: '2026-12', issued_at: '2026-11-21T09:30:00Z' };

describe('the receipt of a donation', () => {
  it('is taken as a file where there is no address to mail it to', async () => {
    const { container } = show(<DonationReceipt donation={{ ...donationCard, email: '' }} receipt={receipt} />);
    const file = await screen.findByRole('link', { name: 'Take the receipt (PDF)' });
    expect(file).toHaveAttribute('href', '/api/v1/fundraising/treasury/donations/d1/receipt/');
    await expectNoAxeFinding(container);
  });

  it('is cancelled for a reason, and only then', async () => {
    const sent: unknown[] = [];
    server.use(
      http.post('*/api/v1/fundraising/treasury/receipts/r1/cancel/', async ({ request }) => {
        sent.push(await request.json());
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user } = show(<DonationReceipt donation={donationCard} receipt={receipt} />);
    expect(screen.queryByRole('link', { name: 'Take the receipt (PDF)' })).toBeNull();
    await user.click(await screen.findByRole('button', { name: 'Cancel the receipt' }));
    const dialog = screen.getByRole('alertdialog');
    await user.click(within(dialog).getByRole('button', { name: 'Cancel the receipt' }));
    expect(within(dialog).getByText('Choose why.')).toBeVisible();
    await user.click(within(dialog).getByRole('radio', { name: 'It was made by mistake' }));
    await user.click(within(dialog).getByRole('button', { name: 'Cancel the receipt' }));
    await waitFor(() => {
      expect(screen.queryByRole('alertdialog')).toBeNull();
    });
    expect(sent).toEqual([{ why: 'mistaken' }]);
  });
});
