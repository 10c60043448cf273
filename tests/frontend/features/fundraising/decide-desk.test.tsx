import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Difference, Dispute, Excess, HeldCard, NearIdentity } from '@/api/shapes';
import { DecideDesk } from '@/features/fundraising/decide-desk';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';
import { recipient } from './samples';

const api = '*/api/v1/fundraising';

const held: HeldCard = {
  donation: 'd1',
  donor: 'Claire Dumontel',
  amount: 300_000,
  country: 'FR',
  reason: 'company',
  held_at: '2026-11-20T09:30:00Z',
  given_up_at: '2026-11-26T09:30:00Z',
  outcome: 'waiting',
  words: '',
  decided_at: null,
};
const dispute: Dispute = {
  donation: 'd2',
  donor: 'Paul Verdier',
  id: 'dp_1',
  amount: 4000,
  state: 'needs_response',
  reason: 'unrecognized',
  is_inquiry: false,
  opened_at: '2026-11-20T09:30:00Z',
  due_at: '2199-12-01T22:59:00Z',
  evidence: '',
  answered_at: null,
  settled_at: '2026-11-03T10:00:00Z',
  method: 'card',
};
const difference: Difference = {
  donation: null,
  donor: '',
  id: 'f1',
  kind: 'unknown_movement',
  said: 'a movement of a kind that needs an explanation',
  reference: 'txn_9',
  ours: null,
  theirs: -1200,
  opened_at: '2026-11-20T02:10:00Z',
  closed_at: null,
  words: '',
  explained_at: null,
};
const excess: Excess = {
  id: 'e1',
  fund: 'party',
  cap: 'party_year',
  period: '2026',
  cents: 50_000,
  currency: 'eur',
  said: 'One person may give at most €7,500 to parties in a year.',
  state: 'found',
  reason: '',
  found_at: '2026-11-20T09:30:00Z',
  decided_at: null,
  donation: 'd3',
  amount: 100_000,
  refunded: 0,
  method: 'card',
  settled_at: '2026-11-19T09:30:00Z',
  given_name: 'Ines',
  family_name: 'Caron',
  born_on: '1971-02-03',
  email: 'ines@example.org',
  is_proved: true,
};
const side = {
  identity: 'i1',
  given_name: 'Jean',
  family_name: 'Martin',
  born_on: '1960-01-02',
  email: 'jean@example.org',
  postcode: '26150',
  city: 'Die',
  is_proved: true,
  given: 300_000,
};
const pair: NearIdentity = {
  id: 'n1',
  why: 'typing_slip',
  said: 'One letter differs.',
  state: 'open',
  found_at: '2026-11-20T09:30:00Z',
  decided_at: null,
  sides: [side, { ...side, identity: 'i2', family_name: 'Martim', is_proved: false, given: 500_000 }],
};

describe('what waits for the treasurer', () => {
  let waits = { ...recipient, held: 1, disputes: 1, differences: 1, excesses: 1 };
  const sent: unknown[] = [];
  const asked: string[] = [];
  const listed = (items: unknown[]) =>
    function list({ request }: { request: Request }) {
      asked.push(new URL(request.url).search);
      return HttpResponse.json({ items, next: null });
    };
  const taken = (path: string, answer?: object) =>
    http.post(`${api}/${path}`, async ({ request }) => {
      sent.push(await request.json().catch(() => null));
      return answer ? HttpResponse.json(answer) : new HttpResponse(null, { status: 204 });
    });
  beforeEach(() => {
    waits = { ...recipient, held: 1, disputes: 1, differences: 1, excesses: 1 };
    sent.length = 0;
    asked.length = 0;
    server.use(
      http.get(`${api}/treasury/`, () => HttpResponse.json({ items: [waits], near_identities: 1 })),
      http.get(`${api}/treasury/party/held/`, listed([held])),
      http.get(`${api}/treasury/party/disputes/`, listed([dispute])),
      http.get(`${api}/treasury/party/differences/`, listed([difference])),
      http.get(`${api}/excesses/`, listed([excess])),
      http.get(`${api}/near-identities/`, listed([pair])),
    );
  });

  it('counts it, opens a card by J, and takes it', async () => {
    server.use(taken('treasury/donations/d1/take/', { state: 'settled' }));
    const { user, container, router } = show(<DecideDesk />);
    expect(await screen.findByRole('heading', { level: 1, name: '5 things wait for your word' })).toBeVisible();
    await screen.findByRole('rowheader', { name: /Claire Dumontel/ });
    await user.keyboard('j');
    const panel = screen.getByRole('complementary');
    expect(panel).toHaveTextContent('It may be a company’s card.');
    await expectNoAxeFinding(container);
    expect(within(panel).getByRole('button', { name: 'Refuse and tell the donor' })).toBeDisabled();
    waits = { ...waits, held: 0 };
    await user.click(within(panel).getByRole('button', { name: 'Take €3,000' }));
    expect(await screen.findByText('€3,000 taken from Claire Dumontel’s card.')).toBeVisible();
    expect(router.state.location.search).toBe('');
    // Nothing else is opened by itself: what was just done is still read.
    expect(screen.getByRole('button', { name: /^Cards/, pressed: true })).toBeVisible();
    expect(await screen.findByRole('heading', { level: 1, name: '4 things wait for your word' })).toBeVisible();
  });

  it('refuses a card with words that the donor reads, and keeps them where that fails', async () => {
    server.use(
      http.post(`${api}/treasury/donations/d1/refuse/`, () =>
        HttpResponse.json({ code: 'not_held', detail: 'This card does not wait any more.' }, { status: 409 }),
      ),
    );
    const { user } = show(<DecideDesk />, { at: '/?what=held&one=d1' });
    const words = await screen.findByLabelText('Or refuse it, and say why');
    await user.type(words, 'Only people may give.');
    await user.click(screen.getByRole('button', { name: 'Refuse and tell the donor' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('This card does not wait any more.');
    expect(words).toHaveValue('Only people may give.');
  });

  it('answers a dispute before its day, once', async () => {
    server.use(taken('treasury/disputes/dp_1/answer/'));
    const { user } = show(<DecideDesk />, { at: '/?what=disputes&one=dp_1' });
    expect(await screen.findByText('The cardholder does not know this line of their statement.')).toBeVisible();
    await user.type(screen.getByLabelText('What speaks for us'), 'Given with 3-D Secure.');
    await user.click(screen.getByRole('button', { name: 'Answer the bank' }));
    expect(await screen.findByText(/€40, Paul Verdier: answered/)).toBeVisible();
    expect(sent).toEqual([{ evidence: 'Given with 3-D Secure.' }]);
  });

  it('asks no answer where the bank’s day is over', async () => {
    server.use(http.get(`${api}/treasury/party/disputes/`, listed([{ ...dispute, due_at: '2020-01-01T00:00:00Z' }])));
    show(<DecideDesk />, { at: '/?what=disputes&one=dp_1' });
    expect(await screen.findByText(/The bank’s day is over/)).toBeVisible();
    expect(screen.queryByRole('textbox')).toBeNull();
  });

  it('explains a difference in words, and shows those that are explained', async () => {
    server.use(taken('treasury/differences/f1/explain/'));
    const { user } = show(<DecideDesk />, { at: '/?what=differences' });
    await user.click(await screen.findByRole('button', { name: difference.said }));
    expect(screen.getByText(/The provider booked something/)).toBeVisible();
    await user.type(screen.getByLabelText('Why it is so'), 'Yearly fee of the account.');
    await user.click(screen.getByRole('button', { name: 'Keep the explanation' }));
    expect(await screen.findByText(/It stands under “Explained” until it is gone/)).toBeVisible();
    expect(sent).toEqual([{ words: 'Yearly fee of the account.' }]);
    await user.click(screen.getByRole('button', { name: 'Explained' }));
    await waitFor(() => {
      expect(asked.at(-1)).toBe('?stands=explained');
    });
  });

  it('lets what is beyond the cap stay for a reason, and takes that back', async () => {
    server.use(taken('excesses/e1/dismiss/'), taken('excesses/e1/undo/'));
    const { user, container } = show(<DecideDesk />, { at: '/?what=excesses&one=e1' });
    expect(await screen.findByText(excess.said)).toBeVisible();
    expect(asked).toContain('?fund=party&state=found');
    expect(screen.getByRole('button', { name: 'Record that €500 go back' })).toBeDisabled();
    await expectNoAxeFinding(container);
    await user.type(screen.getByLabelText('Why it stays'), 'Two people.');
    await user.click(screen.getByRole('button', { name: 'Let €500 stay' }));
    expect(await screen.findByText(/€500 of Ines Caron stay/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('Taken back: it is to be decided again.')).toBeVisible();
    expect(sent).toEqual([{ reason: 'Two people.' }, null]);
  });

  it('records the agent’s word for what is beyond the cap', async () => {
    server.use(taken('excesses/e1/authorise/'));
    const { user } = show(<DecideDesk />, { at: '/?what=excesses&one=e1' });
    await user.type(await screen.findByLabelText('Who authorises it'), 'The agent');
    await user.type(screen.getByLabelText('On'), '2026-11-20');
    await user.type(screen.getByLabelText('Where it is written'), 'minutes 12');
    await user.click(screen.getByRole('button', { name: 'Record that €500 go back' }));
    expect(await screen.findByText(/The agent’s word for €500 of Ines Caron is recorded/)).toBeVisible();
    expect(sent).toEqual([{ authorised_by: 'The agent', authorised_on: '2026-11-20', reference: 'minutes 12' }]);
  });

  it('says whether two are one person, and takes that back', async () => {
    server.use(taken('near-identities/n1/decide/'));
    const { user } = show(<DecideDesk />, { at: '/?what=near&one=n1' });
    await user.click(await screen.findByRole('button', { name: 'It is one person' }));
    expect(await screen.findByText(/They count as one person/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => {
      expect(sent).toEqual([{ state: 'same' }, { state: 'open' }]);
    });
  });

  it('says of each kind that nothing waits', async () => {
    waits = { ...recipient, held: 0 };
    server.use(
      http.get(`${api}/treasury/`, () => HttpResponse.json({ items: [waits], near_identities: 0 })),
      http.get(`${api}/treasury/party/held/`, listed([])),
    );
    show(<DecideDesk />);
    expect(await screen.findByRole('heading', { level: 1, name: 'Nothing waits for your word' })).toBeVisible();
    expect(await screen.findByRole('heading', { level: 3, name: 'Nothing waits here' })).toBeVisible();
  });
});
