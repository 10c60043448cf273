import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Companion, Counterparts as Found, FriendlyCall, OwnWelcome } from '@/api/shapes';
import { CallCard } from '@/features/relays/call-card';
import { CareDesk } from '@/features/relays/care-desk';
import { CompanionCard } from '@/features/relays/companion-card';
import { Counterparts } from '@/features/relays/counterparts';
import { WelcomeCard } from '@/features/relays/welcome-card';
import { loadCatalogue } from '@/i18n/i18n';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';

beforeAll(async () => {
  await loadCatalogue('member');
  await loadCatalogue('organiser');
});

const nothing = { items: [], contacts: [], may_ask: [] };

function companion(part: Partial<Companion> = {}): Companion {
  return {
    id: 'c1',
    kind: 'buddy',
    status: 'offered',
    is_newcomer: true,
    place: 'Birch',
    since: '2026-11-20T10:00:00Z',
    name: '',
    contact: null,
    abilities: { say_yes: true, ask_another: true, say_no: true, end: false },
    ...part,
  };
}

describe('a companion', () => {
  it('is offered by place only, and yes says which contact is shown', async () => {
    const asked: unknown[] = [];
    server.use(
      http.post('*/api/v1/relays/companions/c1/answer/', async ({ request }) => {
        asked.push(await request.json());
        return HttpResponse.json(nothing);
      }),
    );
    const contacts = [
      { id: 'k1', channel: 'email' as const, value: 'me@example.org' },
      { id: 'k2', channel: 'phone' as const, value: '+33600000000' },
    ];
    const { user, container } = show(<CompanionCard companion={companion()} contacts={contacts} />);
    expect(screen.getByRole('heading', { name: 'Somebody would gladly accompany you' })).toBeVisible();
    expect(screen.getByText(/^Birch: the relay/)).toBeVisible();
    await expectNoAxeFinding(container);
    await user.selectOptions(screen.getByLabelText('The contact that the other will see'), 'k2');
    await user.click(screen.getByRole('button', { name: 'Yes please' }));
    expect(asked).toEqual([{ answer: 'yes', contact: 'k2' }]);
    expect(screen.getByRole('button', { name: 'Somebody else' })).toBeVisible();
    expect(screen.getByRole('button', { name: 'No thank you' })).toBeVisible();
  });

  it('is named and reached once both said yes, and ended without a reason', async () => {
    let ended = false;
    server.use(
      http.post('*/api/v1/relays/companions/c1/end/', () => {
        ended = true;
        return HttpResponse.json(nothing);
      }),
    );
    const running = companion({
      status: 'running',
      name: 'Bo',
      contact: { channel: 'phone', value: '+33611111111' },
      abilities: { say_yes: false, ask_another: false, say_no: false, end: true },
    });
    const { user } = show(<CompanionCard companion={running} contacts={[]} />);
    expect(screen.getByRole('heading', { name: 'Bo and you' })).toBeVisible();
    expect(screen.getByRole('link', { name: '+33611111111' })).toHaveAttribute('href', 'tel:+33611111111');
    await user.click(screen.getByRole('button', { name: 'End it' }));
    expect(ended).toBe(true);
  });
});

describe('a friendly call', () => {
  const call: FriendlyCall = {
    id: 'f1',
    name: 'Camille',
    kind: 'relay',
    place: 'Alder, 1st',
    code: 'A01',
    days: 22,
    seen_at: '2026-11-01T10:00:00Z',
    contacts: [{ channel: 'email', value: 'camille@example.org' }],
    as_organiser: false,
  };

  it('offers no break to who stands in, who may stop', () => {
    show(<CallCard call={{ ...call, kind: 'stand_in' }} />);
    expect(screen.getByText(/Camille, who stands in for Alder/)).toBeVisible();
    expect(screen.queryByLabelText('Needs a break')).toBeNull();
    expect(screen.getByLabelText('Wants to hand over')).toBeInTheDocument();
  });

  it('says whom, how and what to say, and asks what came of it', async () => {
    const told: unknown[] = [];
    server.use(
      http.post('*/api/v1/relays/calls/f1/done/', async ({ request }) => {
        told.push(await request.json());
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user, container } = show(<CallCard call={call} />);
    expect(screen.getByRole('heading', { name: 'Call Camille: how are they?' })).toBeVisible();
    expect(screen.getByText(/no news for 22 days/)).toBeVisible();
    expect(screen.getByText(/is no sign of life/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Done' }));
    expect(await screen.findByText('Choose one answer.')).toBeVisible();
    await expectNoAxeFinding(container);
    await user.click(screen.getByLabelText('Needs a break'));
    expect(screen.getByText(/a link to choose until which day/)).toBeVisible();
    await user.type(screen.getByLabelText('A few words (optional)'), 'Back in spring.');
    await user.click(screen.getByRole('button', { name: 'Done' }));
    expect(told).toEqual([{ outcome: 'break', words: 'Back in spring.' }]);
  });
});

describe('welcoming newcomers', () => {
  const choice: OwnWelcome = {
    is_given: false,
    may_as: ['facilitator', 'buddy'],
    as_facilitator: false,
    as_buddy: false,
    places: 1,
    contact: null,
    contacts: [{ id: 'k1', channel: 'email', value: 'me@example.org' }],
    wording: 'I welcome newcomers, who see my first name.',
    version: 'relay_welcome.1',
  };

  it('has no box ticked, and keeps nothing before the agreement', async () => {
    const asked: unknown[] = [];
    server.use(
      http.get('*/api/v1/relays/welcome/', () => HttpResponse.json(choice)),
      http.put('*/api/v1/relays/welcome/', async ({ request }) => {
        asked.push(await request.json());
        return HttpResponse.json({ ...choice, is_given: true, as_buddy: true, places: 2, contact: 'k1' });
      }),
    );
    const { user, container } = show(<WelcomeCard />);
    for (const box of await screen.findAllByRole('checkbox')) expect(box).not.toBeChecked();
    await user.click(screen.getByRole('button', { name: 'I welcome newcomers' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('tick the agreement');
    expect(asked).toEqual([]);
    await user.click(screen.getByLabelText(/^Buddy/));
    await user.selectOptions(screen.getByLabelText('How many at once'), '2');
    await user.click(screen.getByLabelText(choice.wording));
    await expectNoAxeFinding(container);
    await user.click(screen.getByRole('button', { name: 'I welcome newcomers' }));
    expect(await screen.findByRole('button', { name: 'Stop welcoming' })).toBeVisible();
    expect(asked).toEqual([
      { agrees: true, version: 'relay_welcome.1', contact: 'k1', places: 2, as_facilitator: false, as_buddy: true },
    ]);
  });

  it('is not spoken of to who may not', async () => {
    server.use(http.get('*/api/v1/relays/welcome/', () => HttpResponse.json({ ...choice, may_as: [] })));
    const { container, queries } = show(<WelcomeCard />);
    await expect.poll(() => queries.isFetching()).toBe(0);
    expect(container.querySelector('section')).toBeNull();
  });
});

describe('counterparts', () => {
  const found: Found = {
    why_none: '',
    measures: [
      { code: 'income', word: 'income', here: 21000 },
      { code: 'age', word: 'age', here: null },
    ],
    items: [
      {
        id: 's2',
        code: 'B01',
        name: 'Birch, 1st',
        state: 'filled',
        alike: ['income', 'age'],
        relay: 'Bo',
        figures: [
          { code: 'income', there: 21500 },
          { code: 'age', there: 40 },
        ],
      },
    ],
  };

  it('says in words why, names who may be named, and compares on asking', async () => {
    server.use(http.get('*/api/v1/relays/seats/s1/counterparts/', () => HttpResponse.json(found)));
    const { user, container } = show(<Counterparts seat="s1" place="Alder, 1st" />);
    expect(await screen.findByText(/income and age are like yours/)).toHaveTextContent('Relay: Bo.');
    expect(screen.getByText(/Compared without age/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Compare' }));
    expect(screen.getByRole('table')).toHaveTextContent('21,500');
    expect(screen.getByText('not known')).toBeVisible();
    await expectNoAxeFinding(container);
  });

  it('says why there is none', async () => {
    server.use(
      http.get('*/api/v1/relays/seats/s1/counterparts/', () =>
        HttpResponse.json({ why_none: 'no_figures', measures: [], items: [] }),
      ),
    );
    show(<Counterparts seat="s1" place="Alder, 1st" />);
    expect(await screen.findByText(/nothing to compare for now/)).toBeVisible();
  });
});

describe('the desk that looks after relays', () => {
  it('says what was tried, and proposes who agreed', async () => {
    const proposed: unknown[] = [];
    server.use(
      http.get('*/api/v1/relays/quiet/', () =>
        HttpResponse.json({
          next: null,
          items: [
            {
              term_id: 't1',
              kind: 'relay',
              seat_id: 's1',
              code: 'A01',
              place: 'Alder, 1st',
              name: 'Camille Vernoux',
              seen_at: '2026-10-20T10:00:00Z',
              days: 23,
              is_dormant: false,
              wishes_hand_over: false,
              steps: [{ kind: 'call', at: '2026-11-10T10:00:00Z' }],
              call: { id: 'f1', caller: 'Bo', is_open: false, outcome: 'well', words: 'Fine.', done_at: null },
            },
            {
              term_id: 't3',
              kind: 'stand_in',
              seat_id: 's3',
              code: 'A03',
              place: 'Alder, 3rd',
              name: 'Ada Lind',
              seen_at: '2026-09-20T10:00:00Z',
              days: 66,
              is_dormant: false,
              wishes_hand_over: false,
              steps: [{ kind: 'dormant', at: '2026-11-20T10:00:00Z' }],
              call: null,
            },
          ],
        }),
      ),
      http.get('*/api/v1/relays/newcomers/', () =>
        HttpResponse.json({
          next: null,
          items: [
            {
              term_id: 't2',
              seat_id: 's2',
              code: 'A02',
              place: 'Alder, 2nd',
              name: 'Samir B.',
              kind: 'relay',
              starts_at: '2026-11-20T10:00:00Z',
              facilitator: '',
              buddy: 'offered',
            },
          ],
        }),
      ),
      http.get('*/api/v1/relays/newcomers/t2/', () =>
        HttpResponse.json({
          facilitator: [{ person: 'p9', given_name: 'Fa', place: 'Alder, 3rd', accompanies: 1 }],
          buddy: [],
        }),
      ),
      http.post('*/api/v1/relays/newcomers/t2/', async ({ request }) => {
        proposed.push(await request.json());
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user, container } = show(<CareDesk />);
    expect(await screen.findByText(/Bo called: all is well/)).toBeVisible();
    expect(screen.getByText(/Ada Lind · Stand-in · 66 days without news/)).toBeVisible();
    expect(screen.getByText(/60 days without news on .*: the seat looks for somebody again/)).toBeVisible();
    await user.click(await screen.findByRole('button', { name: 'Propose somebody Samir B.' }));
    await user.click(await screen.findByRole('button', { name: 'Propose Fa' }));
    expect(await screen.findByText(/Proposed. Nothing is imposed/)).toBeVisible();
    expect(proposed).toEqual([{ kind: 'facilitator', person: 'p9' }]);
    await expectNoAxeFinding(container);
  });
});
