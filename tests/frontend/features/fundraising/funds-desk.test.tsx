import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Fund } from '@/api/shapes';
import { inCents, inEuros, listInCents } from '@/features/fundraising/cents';
import { FundsDesk } from '@/features/fundraising/funds-desk';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';

const words = { name: 'Common Shore', title: 'Give', lead: '', uses: [], other_ways: '', thanks: '' };
const fund: Fund = {
  code: 'party',
  legal_name: 'Association of financing',
  address: '',
  phone: '',
  email: '',
  registration: '',
  purpose: '',
  quality: '',
  party: 'Common Shore',
  agent_is_person: false,
  candidates: '',
  approved_on: '2020-03-02',
  signatory: '',
  cares: false,
  allowed_expenses: null,
  opens_on: null,
  closes_on: null,
  iban: '',
  creditor_id: '',
  suggested_once: [1000, 2050],
  suggested_monthly: [],
  least: 100,
  goal: null,
  goal_from: null,
  goal_on: null,
  rules: 'fr-party',
  account: 'demo',
  election: '',
  area: null,
  currency: 'eur',
  time_zone: 'Europe/Paris',
  texts: { en: words },
  published_at: null,
  closed_at: null,
  missing: ['text_fr', 'way'],
  account_mode: 'none',
  collects_from: null,
  asked_facts: ['legal_name', 'approved_on', 'party', 'phone', 'email'],
  mentions: { en: ['Donations are collected by somebody.'] },
  monthly_running: 2,
  is_given_to: true,
  envelopes: [
    {
      code: 'party-here',
      area: null,
      texts: { en: { ...words, name: 'Here' } },
      published_at: null,
      closed_at: null,
      missing: [],
      abilities: { describe: true, publish: false, add_envelope: false, close: true, reopen: false },
    },
  ],
  abilities: { describe: true, publish: false, add_envelope: true, close: false, reopen: false },
};

function serve(one: Fund | null) {
  server.use(
    http.get('*/api/v1/accounts/me/', () => HttpResponse.json({ grants: [] })),
    http.get('*/api/v1/fundraising/funds/', () =>
      HttpResponse.json({
        items: one ? [one] : [],
        languages: ['en'],
        proposed_rules: 'fr-association',
        accounts: ['demo'],
        elections: [],
      }),
    ),
  );
}

describe('funds set up', () => {
  const sent: unknown[] = [];
  beforeEach(() => {
    sent.length = 0;
  });

  it('says what the page lacks, how its mentions read, and that the keys are not there', async () => {
    serve(fund);
    const { container } = show(<FundsDesk />);
    expect(await screen.findByText(/this is missing: name and title in French, a way to give/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Publish the page' })).toBeDisabled();
    expect(screen.getByText('Donations are collected by somebody.')).toBeVisible();
    expect(screen.getByText(/Its keys are not there/)).toBeVisible();
    expect(screen.getByLabelText('Rules for donations')).toBeDisabled();
    expect(screen.getByLabelText('Amounts suggested once, in euros')).toHaveValue('10 20,50');
    expect(screen.getByLabelText('Telephone')).toHaveAccessibleDescription(/no page shows it/);
    expect(screen.queryByLabelText('Election')).toBeNull();
    await expectNoAxeFinding(container);
  });

  it('keeps facts in cents, and shows what the server refuses beside its field', async () => {
    serve(fund);
    server.use(
      http.put('*/api/v1/fundraising/funds/party/', async ({ request }) => {
        sent.push(await request.json());
        return sent.length === 1
          ? HttpResponse.json(
              { code: 'invalid', fields: { iban: ['No account number.'], phone: ['No number.'] } },
              { status: 400 },
            )
          : HttpResponse.json({ ...fund, goal: 5_000_000 });
      }),
    );
    const { user } = show(<FundsDesk />);
    await user.type(await screen.findByLabelText('Goal, in euros'), '50000');
    await user.type(screen.getByLabelText('Telephone'), 'call me');
    await user.click(screen.getAllByRole('button', { name: 'Save' })[0] as HTMLElement);
    expect((await screen.findAllByText('No account number.'))[0]).toBeVisible();
    expect(screen.getByText('No number.')).toBeVisible();
    expect(sent[0]).toMatchObject({
      goal: 5_000_000,
      phone: 'call me',
      suggested_once: [1000, 2050],
      rules: 'fr-party',
      least: 100,
    });
    await user.click(screen.getAllByRole('button', { name: 'Save' })[0] as HTMLElement);
    expect(await screen.findByText('Saved.')).toBeVisible();
  });

  it('says before it closes what goes on', async () => {
    serve({
      ...fund,
      published_at: '2026-11-01T00:00:00Z',
      missing: [],
      abilities: { ...fund.abilities, close: true },
    });
    server.use(
      http.post('*/api/v1/fundraising/funds/party/close/', () =>
        HttpResponse.json({
          ...fund,
          closed_at: '2026-11-30T00:00:00Z',
          abilities: { ...fund.abilities, describe: false, reopen: true },
        }),
      ),
    );
    const { user } = show(<FundsDesk />);
    await user.click((await screen.findAllByRole('button', { name: 'Close' }))[0] as HTMLElement);
    const asked = screen.getByRole('alertdialog');
    expect(asked).toHaveTextContent('2 monthly donations go on until their givers stop them.');
    await user.click(within(asked).getByRole('button', { name: 'Close' }));
    expect(await screen.findByRole('button', { name: 'Reopen' })).toBeVisible();
  });

  it('adds an envelope under the address of its recipient', async () => {
    serve(fund);
    server.use(
      http.post('*/api/v1/fundraising/funds/party/envelopes/', async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json(fund, { status: 201 });
      }),
    );
    const { user } = show(<FundsDesk />);
    await user.type(await screen.findByLabelText('Name of the envelope'), 'Solidarité locale');
    await user.click(screen.getByRole('button', { name: 'Add the envelope' }));
    await waitFor(() => {
      expect(sent).toEqual([{ envelope: 'party-solidarite-locale', name: 'Solidarité locale', area: null }]);
    });
  });

  it('begins with a new recipient where there is none, its rules proposed', async () => {
    serve(null);
    const { container } = show(<FundsDesk />);
    expect(await screen.findByRole('heading', { level: 1, name: 'Funds' })).toBeVisible();
    expect(screen.getByLabelText('Rules for donations')).toHaveValue('fr-association');
    await expectNoAxeFinding(container);
  });

  it('reads amounts as they are typed', () => {
    expect(listInCents('10 12,50; 20 €')).toEqual([1000, 1250, 2000]);
    expect(inCents('')).toBeNull();
    expect(inCents('ten')).toBeNaN();
    expect(inEuros(1250)).toBe('12,50');
  });
});
