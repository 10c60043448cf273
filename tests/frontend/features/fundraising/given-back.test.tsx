import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { DonationCard, GivenBack as Back } from '@/api/shapes';
import { DonationPanel } from '@/features/fundraising/donation-panel';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';
import { donationCard, nothingBack } from './samples';

const api = '*/api/v1/fundraising/treasury/donations/d1';
const refund = {
  id: 'r1',
  amount: 2050,
  reason: 'given twice',
  state: 'done' as const,
  failure: '',
  asked_at: '2026-11-21T09:30:00Z',
  ended_at: '2026-11-21T09:30:01Z',
};

describe('what goes back of a donation', () => {
  const sent: { body: unknown; key: string | null }[] = [];
  let back: Back;
  beforeEach(() => {
    sent.length = 0;
    back = nothingBack;
    server.use(
      http.post(`${api}/given-back/`, async ({ request }) => {
        sent.push({ body: await request.json(), key: request.headers.get('Idempotency-Key') });
        back = { ...back, refunded: 2050, left: 0, requests: [refund] };
        return HttpResponse.json(refund, { status: 201 });
      }),
    );
  });
  /** Opens the card, which says what went back each time that it is read. */
  function see(donation: Partial<DonationCard> = {}) {
    server.use(http.get(`${api}/`, () => HttpResponse.json({ ...donationCard, ...donation, given_back: back })));
    return show(<DonationPanel id="d1" />);
  }

  it('is given back whole, for a reason, and says so', async () => {
    const { user, container } = see();
    expect(await screen.findByText('€20.50 may still go back.')).toBeVisible();
    await expectNoAxeFinding(container);
    await user.click(screen.getByRole('button', { name: 'Give back' }));
    const dialog = screen.getByRole('alertdialog');
    await user.click(within(dialog).getByRole('radio', { name: 'All that may go back: €20.50' }));
    await user.type(within(dialog).getByLabelText('Why'), 'given twice');
    await expectNoAxeFinding(dialog);
    await user.click(within(dialog).getByRole('button', { name: 'Give €20.50 back' }));
    expect(await screen.findByText(/€20.50 given back. The donor’s receipts/)).toBeVisible();
    expect(sent[0]?.body).toEqual({ amount: 2050, reason: 'given twice' });
    expect(await screen.findByText('Nothing is left to give back.')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Give back' })).toBeNull();
  });

  it('is written down with its day where it came by cheque', async () => {
    const { user, container } = see({ method: 'cheque' });
    await user.click(await screen.findByRole('button', { name: 'Give back' }));
    const dialog = screen.getByRole('alertdialog');
    expect(dialog).toHaveTextContent('no money moves by this');
    await user.click(within(dialog).getByRole('radio', { name: 'All that may go back: €20.50' }));
    await user.type(within(dialog).getByLabelText('Paid back on'), '2026-11-20');
    await user.type(within(dialog).getByLabelText('Why'), 'beyond the cap');
    await expectNoAxeFinding(container);
    await user.click(within(dialog).getByRole('button', { name: 'Give €20.50 back' }));
    await screen.findByText('Nothing is left to give back.');
    expect(sent[0]?.body).toEqual({ amount: 2050, reason: 'beyond the cap', given_on: '2026-11-20' });
  });

  it('is asked for under the same key after a lost answer, so that it never goes back twice', async () => {
    let isLost = true;
    const keys: (string | null)[] = [];
    server.use(
      http.post(`${api}/given-back/`, ({ request }) => {
        keys.push(request.headers.get('Idempotency-Key'));
        return isLost ? HttpResponse.error() : HttpResponse.json(refund, { status: 201 });
      }),
    );
    const { user } = see();
    await user.click(await screen.findByRole('button', { name: 'Give back' }));
    const dialog = screen.getByRole('alertdialog');
    await user.click(within(dialog).getByRole('radio', { name: 'A part' }));
    await user.click(within(dialog).getByRole('button', { name: 'Give back' }));
    expect(within(dialog).getByLabelText('Amount, in euros')).toHaveAccessibleDescription(/Write an amount/);
    expect(keys).toEqual([]);
    await user.type(within(dialog).getByLabelText('Amount, in euros'), '5,50');
    await user.click(within(dialog).getByRole('button', { name: 'Give €5.50 back' }));
    expect(await within(dialog).findByRole('alert')).toHaveTextContent('What you typed is kept.');
    isLost = false;
    await user.click(within(dialog).getByRole('button', { name: 'Give €5.50 back' }));
    await waitFor(() => {
      expect(screen.queryByRole('alertdialog')).toBeNull();
    });
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
  });

  it('waits for the agent where the rules ask it, up to what was authorised', async () => {
    back = { ...nothingBack, needs_authorisation: true };
    const words: unknown[] = [];
    server.use(
      http.post(`${api}/authorisations/`, async ({ request }) => {
        words.push(await request.json());
        const word = {
          amount: 1000,
          authorised_by: 'Paul Verdier, agent',
          authorised_on: '2026-11-20',
          reference: 'minutes 12',
        };
        back = { ...back, authorised: 1000, authorisations: [{ ...word, id: 'a1', recorded_at: refund.asked_at }] };
        return HttpResponse.json({}, { status: 201 });
      }),
    );
    const { user } = see();
    await user.click(await screen.findByRole('button', { name: 'Record the agent’s authorisation' }));
    expect(screen.queryByRole('button', { name: 'Give back' })).toBeNull();
    const dialog = screen.getByRole('dialog');
    await user.type(within(dialog).getByLabelText('Who authorises it'), 'Paul Verdier, agent');
    await user.type(within(dialog).getByLabelText('On'), '2026-11-20');
    await user.type(within(dialog).getByLabelText('Where it is written'), 'minutes 12');
    const amount = within(dialog).getByLabelText('Up to, in euros');
    expect(amount).toHaveValue('20,50');
    await user.clear(amount);
    await user.type(amount, '10');
    await user.click(within(dialog).getByRole('button', { name: 'Record the authorisation' }));
    expect(await screen.findByText(/Authorised, not given back yet: €10/)).toBeVisible();
    expect(words).toEqual([
      { amount: 1000, authorised_by: 'Paul Verdier, agent', authorised_on: '2026-11-20', reference: 'minutes 12' },
    ]);
    expect(screen.getByText(/Paul Verdier, agent authorised €10 on 20 November 2026 \(minutes 12\)/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Give back' }));
    expect(screen.getByRole('radio', { name: 'All that may go back: €10' })).toBeVisible();
  });

  it('says what did not go back and why, and what banks took', async () => {
    back = {
      ...nothingBack,
      left: 0,
      requests: [{ ...refund, state: 'failed', failure: 'charge_disputed' }],
      disputes: [
        {
          id: 'dp_1',
          amount: 2050,
          state: 'needs_response',
          reason: 'fraudulent',
          opened_at: refund.asked_at,
          due_at: null,
        },
      ],
    };
    see();
    expect(await screen.findByText(/A bank disputes this donation: it decides first/)).toBeVisible();
    expect(screen.getByRole('link', { name: 'Answer' })).toHaveAttribute(
      'href',
      '/desk/money/decide?fund=party&what=disputes&one=dp_1',
    );
  });

  it('leaves nothing to do about a cheque of which all went back', async () => {
    back = { ...nothingBack, left: 0 };
    see({ method: 'cheque' });
    const said = await screen.findByText('Nothing is left to give back.');
    expect(within(said.closest('section') as HTMLElement).queryByRole('button')).toBeNull();
  });
});
