import type { DonationCard, DonationRow, GivenBack, RecipientKept } from '@/api/shapes';

/** Invented money in the shapes of the API; a test changes what it speaks of. */
export const recipient: RecipientKept = {
  code: 'party',
  name: 'Common Shore',
  currency: 'eur',
  envelopes: [{ code: 'solidarity', name: 'Solidarity' }],
  held: 2,
  disputes: 0,
  differences: 0,
  excesses: 0,
  due_at: null,
};

export const donation: DonationRow = {
  id: 'd1',
  started_at: '2026-11-20T09:30:00Z',
  settled_at: '2026-11-20T09:31:00Z',
  given_name: 'Claire',
  family_name: 'Dumontel',
  email: 'claire@example.org',
  commune: '26150 Die',
  country: 'FR',
  place: 'Drôme, 3rd',
  amount: 2050,
  refunded: 0,
  currency: 'eur',
  state: 'settled',
  held_for: '',
  method: 'card',
  nature: 'donation',
  ref: 'mail-12',
  is_monthly: true,
  is_returning: true,
  shares: [{ name: 'Solidarity', amount: 500 }],
};

/** Nothing went back of that donation yet, and nobody has to authorise it. */
export const nothingBack: GivenBack = {
  amount: 2050,
  refunded: 0,
  left: 2050,
  needs_authorisation: false,
  authorised: 0,
  requests: [],
  authorisations: [],
  disputes: [],
};

export const donationCard: DonationCard = {
  ...donation,
  fund: 'party',
  counted_on: '2026-11-20',
  declaration: 'political.1',
  honorific: '',
  born_on: '1984-05-17',
  nationality: 'FR',
  address_lines: '12 rue des Remparts',
  elected: false,
  is_proved: false,
  steps: [
    { at: '2026-11-20T09:30:00Z', what: 'started', said: 'Begun' },
    { at: '2026-11-20T09:31:00Z', what: 'settled', said: 'Received' },
  ],
  entries: [
    {
      key: 'donation:ch_1',
      kind: 'donation',
      said: 'donation',
      happened_at: '2026-11-20T09:31:00Z',
      booked_on: '2026-11-20',
      lines: [
        { account: 'at the payment provider', fund: 'Common Shore', amount: 2050 },
        { account: 'donations', fund: 'Solidarity', amount: -2050 },
      ],
    },
  ],
  receipt: null,
  given_back: nothingBack,
};
