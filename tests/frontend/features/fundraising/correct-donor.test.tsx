import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { DonorStanding } from '@/api/shapes';
import { CorrectDonor } from '@/features/fundraising/correct-donor';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';
import { donationCard } from './samples';

const api = '*/api/v1/fundraising/treasury/donations/d1/donor/';
const standing: DonorStanding = {
  honorific: '',
  given_name: 'Claire',
  family_name: 'Dumontal',
  born_on: '1984-05-17',
  nationality: 'FR',
  address_lines: '12 rue des Remparts',
  postcode: '26150',
  city: 'Die',
  country: 'FR',
  correctable: ['honorific', 'given_name', 'family_name', 'born_on', 'address_lines', 'postcode', 'city', 'country'],
  corrections: 1,
  donations: 3,
  monthly: 1,
  receipts: 0,
  transmitted: 2,
  is_told: true,
  in_open_batch: false,
};

describe('who gave', () => {
  const sent: { body: unknown; key: string | null }[] = [];
  const serve = (donor: Partial<DonorStanding> = {}) => {
    server.use(http.get(api, () => HttpResponse.json({ ...standing, ...donor })));
  };
  beforeEach(() => {
    sent.length = 0;
  });

  it('is put right for all that was given, from what stands', async () => {
    serve();
    server.use(
      http.post(`${api}correct/`, async ({ request }) => {
        sent.push({ body: await request.json(), key: request.headers.get('Idempotency-Key') });
        return sent.length === 1
          ? HttpResponse.json({ code: 'invalid', fields: { reason: ['Say why.'] } }, { status: 400 })
          : new HttpResponse(null, { status: 204 });
      }),
    );
    const { user } = show(<CorrectDonor donation={donationCard} />);
    await user.click(await screen.findByRole('button', { name: 'Correct who gave' }));
    const dialog = screen.getByRole('dialog');
    const name = await within(dialog).findByLabelText('Family name');
    expect(name).toHaveValue('Dumontal');
    expect(dialog).toHaveTextContent('It changes for 3 donations, all given with this declaration.');
    expect(dialog).toHaveTextContent('It changes for the monthly donation too');
    expect(dialog).toHaveTextContent('2 donations were handed in to the CNCCFP with the former words.');
    expect(dialog).not.toHaveTextContent('tax receipt');
    expect(within(dialog).queryByLabelText(/Nationality/)).toBeNull();
    await expectNoAxeFinding(dialog);
    await user.clear(name);
    await user.type(name, 'Dumontel');
    await user.click(within(dialog).getByRole('button', { name: 'Correct' }));
    expect(await within(dialog).findByText('Say why.')).toBeVisible();
    await user.type(within(dialog).getByLabelText('Why'), 'Her letter');
    await user.click(within(dialog).getByRole('button', { name: 'Correct' }));
    expect(await screen.findByText('It is put right.')).toBeVisible();
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).toBeNull();
    });
    expect(sent[1]?.body).toMatchObject({
      family_name: 'Dumontel',
      nationality: 'FR',
      born_on: '1984-05-17',
      reason: 'Her letter',
      after: 1,
    });
    expect(sent[1]?.key).toBe(sent[0]?.key);
  });

  it('is changed in the batch while that is open', async () => {
    serve({ in_open_batch: true });
    const { user } = show(<CorrectDonor donation={donationCard} />);
    await user.click(await screen.findByRole('button', { name: 'Correct who gave' }));
    expect(await screen.findByText(/The batch of this donation is open/)).toBeVisible();
    expect(screen.queryByLabelText('Family name')).toBeNull();
  });
});
