import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FairnessSplit, OrganiserTally, PlaceTally, ProgressRead, RelayTally, Tally } from '@/api/shapes';
import { ProgressDesk } from '@/features/insights/progress-desk';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';

const country = { id: 'a0', kind: 'country', kind_name: 'country', code: 'ZZ', name: 'Zedland', seats: 20 };
const north = { id: 'a1', kind: 'department', kind_name: 'department', code: '01', name: 'North', seats: 8 };

function progress(part: Partial<ProgressRead> = {}): ProgressRead {
  return {
    area: country,
    areas: [country, north],
    points: Array.from({ length: 60 }, (_, index) => ({
      day: new Date(Date.UTC(2026, 8, 1 + index)).toISOString().slice(0, 10),
      total: 20,
      filled: Math.floor(index / 10),
      stand_in: 1,
      applied: 0,
      vacant: 19 - Math.floor(index / 10),
      dormant: 0,
      covered: 1 + Math.floor(index / 10),
      is_rebuilt: index < 20,
      is_live: index === 59,
    })),
    rebuilt_until: '2026-09-20',
    target: { percent: 33.3, seats: 7, by_day: null, is_default: true },
    forecast: {
      outlook: 'expected',
      missing: 1,
      weeks: 8,
      a_week: 0.7,
      futures: 500,
      likely_on: '2026-11-13',
      early_on: '2026-11-06',
      late_on: '2026-12-04',
    },
    meetings_to_beat: 50,
    abilities: { set_target: true, read_tables: true },
    ...part,
  };
}

const income: FairnessSplit = {
  name: 'income',
  indicator: 'nivvie_median_diff',
  credit: 'INSEE',
  fifths: [1, 2, 3, 4, 5].map((number) => ({ number, seats: 4, covered: number - 1, lowest: 15000, highest: 16000 })),
  unknown: 2,
  unknown_covered: 1,
};

function tally(part: Partial<Tally> = {}): Tally {
  return {
    applications: 9,
    called: 8,
    kept: 7,
    missed: 1,
    median_hours: 11.5,
    ninth_hours: 40,
    approved: 3,
    declined: 2,
    withdrawn: 1,
    opened: 3,
    ended: 0,
    handed_over: 0,
    ...part,
  };
}

const place: PlaceTally = { area: north, covered: 3, dormant: 1, now: tally(), before: tally({ applications: 4 }) };
const organiser: OrganiserTally = {
  id: 'g1',
  name: 'Inès Prat',
  place: 'North',
  seats: 8,
  covered: 3,
  dormant: 2,
  waiting: 4,
  called_by_them: 5,
  now: tally({ opened: 6, ended: 7, handed_over: 1 }),
  before: tally({ opened: 10, ended: 11, handed_over: 12 }),
};
const relay: RelayTally = {
  id: 't1',
  name: 'Camille Vernoux',
  seat: 's1',
  code: '0101',
  place: 'North, 1st',
  kind: 'relay',
  starts_at: '2026-09-01T10:00:00Z',
  ends_at: null,
  terms: 1,
  answers: 2,
  answers_before: 1,
  reports: 1,
  reports_before: 0,
  now: tally({ applications: 6, handed_over: 1 }),
  before: tally({ applications: 5 }),
  days_quiet: 12,
  paused_until: null,
  is_dormant: true,
  is_own: false,
};
const span = { begins: '2026-08-02', ends: '2026-10-30' };
const root = '*/api/v1/insights/networks/n1';

describe("a campaign's progress", () => {
  beforeEach(() => {
    server.use(
      http.get(`${root}/progress/`, () => HttpResponse.json(progress())),
      http.get(`${root}/fairness/`, () =>
        HttpResponse.json({ items: [income, { ...income, name: 'rurality', indicator: 'pop_urb', fifths: [] }] }),
      ),
      http.get(`${root}/territories/`, () =>
        HttpResponse.json({ span, before: span, kinds: [country, north], items: [place] }),
      ),
      http.get(`${root}/organisers/`, () => HttpResponse.json({ span, before: span, items: [] })),
      http.get(`${root}/relays/`, () =>
        HttpResponse.json({
          span,
          before: span,
          items: [
            relay,
            { ...relay, id: 't2', name: 'Me', place: 'North, 2nd', now: null, before: null, is_own: true },
          ],
          next: null,
        }),
      ),
    );
  });

  it('says how it grew, when the target is met, and the same as a table', async () => {
    const { container } = show(<ProgressDesk network="n1" />);
    expect(await screen.findByRole('heading', { level: 1, name: '6 of 20 seats covered' })).toBeVisible();
    const figure = await screen.findByRole('figure', { name: '2 more seats are covered than four weeks ago.' });
    expect(within(figure).getByRole('img')).toHaveAccessibleName(/met around 13 November 2026.*between 6 November/);
    expect(within(figure).getAllByRole('row', { hidden: true })).toHaveLength(10);
    expect(within(figure).getByRole('link', { name: 'Download the figures' })).toHaveAttribute(
      'href',
      '/api/v1/insights/networks/n1/progress/export/',
    );
    expect(await screen.findByRole('row', { name: /North 3 of 8/ })).toHaveTextContent('9');
    await expectNoAxeFinding(container);
  });

  it('says the fifths, what is not known, and where no figure is', async () => {
    show(<ProgressDesk network="n1" />);
    const poor = await screen.findByRole('figure', {
      name: 'The poorest fifth has 0 of its 4 seats covered, the richest 4 of 4.',
    });
    expect(within(poor).getByText(/2 seats is not known \(1 of them covered\)|figure of 2 seats/)).toBeVisible();
    expect(screen.getByText(/How rural these places are is not known here yet/)).toBeVisible();
  });

  it('shows a place that is chosen, and keeps it in the address', async () => {
    const { user, router } = show(<ProgressDesk network="n1" />);
    await user.selectOptions(await screen.findByLabelText('Where'), 'North (8 seats)');
    expect(router.state.location.search).toBe('?area=a1');
  });

  it('reads tables by organiser and by relay, over a span of its own', async () => {
    const { user, router } = show(<ProgressDesk network="n1" />);
    await user.click(await screen.findByRole('button', { name: 'By relay' }));
    const line = await screen.findByRole('row', { name: /North, 1st Camille Vernoux/ });
    expect(line).toHaveTextContent('12 days dormant');
    expect(line).toHaveTextContent(/handed over\s*6 span before: \(5\)/);
    expect(screen.getByRole('row', { name: /North, 2nd/ })).toHaveTextContent(/–––/);
    await user.click(screen.getByRole('button', { name: '30 days' }));
    expect(router.state.location.search).toBe('?by=relays&days=30');
    await user.click(screen.getByRole('button', { name: 'By organiser' }));
    expect(await screen.findByText('Nobody organises here')).toBeVisible();
  });

  it('reads of each organiser the seats covered and dormant, hours, terms and hand-overs', async () => {
    server.use(http.get(`${root}/organisers/`, () => HttpResponse.json({ span, before: span, items: [organiser] })));
    show(<ProgressDesk network="n1" />, { at: '/?by=organisers' });
    const line = await screen.findByRole('row', { name: /Inès Prat/ });
    const table = line.closest('table') as HTMLElement;
    const told = new Map(
      within(table)
        .getAllByRole('columnheader')
        .map((head, index) => [head.textContent, line.children[index]?.textContent.replace(/\s+/g, ' ')]),
    );
    expect(told.get('Covered')).toBe('3 of 8');
    expect(told.get('Dormant')).toBe('2');
    expect(told.get('Call: median / 9 of 10')).toBe('11.5 h / 40 h');
    expect(told.get('Terms opened')).toBe('6 span before: (10)');
    expect(told.get('Terms ended')).toBe('7 span before: (11)');
    expect(told.get('Handed over')).toBe('1 span before: (12)');
  });

  it('says of who pauses until which day, and calls neither them nor who has left quiet', async () => {
    const away = { ...relay, id: 't3', days_quiet: null, is_dormant: false };
    server.use(
      http.get(`${root}/relays/`, () =>
        HttpResponse.json({
          span,
          before: span,
          items: [
            { ...away, place: 'North, 3rd', paused_until: '2027-02-01' },
            { ...away, id: 't4', place: 'North, 4th', ends_at: '2026-10-01T10:00:00Z' },
          ],
          next: null,
        }),
      ),
    );
    show(<ProgressDesk network="n1" />, { at: '/?by=relays' });
    const paused = await screen.findByRole('row', { name: /North, 3rd/ });
    expect(paused).toHaveTextContent(/pauses until 1 February 2027\s*$/);
    expect(screen.getByRole('row', { name: /North, 4th/ })).toHaveTextContent(/–\s*$/);
  });

  it('takes a table of people away once one said why', async () => {
    let sent: unknown;
    server.use(
      http.post(`${root}/relays/export/`, async ({ request }) => {
        sent = await request.json();
        return HttpResponse.json({ code: 'reason_missing', fields: { reason: ['Say why.'] } }, { status: 400 });
      }),
    );
    const { user } = show(<ProgressDesk network="n1" />, { at: '/?by=relays' });
    await screen.findByRole('row', { name: /Camille/ });
    const pane = screen.getByRole('region', { name: 'By relay' });
    await user.click(within(pane).getByRole('button', { name: 'Download the figures' }));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByRole('textbox'), 'why');
    await user.click(within(dialog).getAllByRole('button').at(-1) as HTMLElement);
    expect(await within(dialog).findByText('Say why.')).toBeVisible();
    expect(sent).toEqual({ reason: 'why' });
  });

  it('sets the target, and says what was wrong with it', async () => {
    server.use(
      http.put(`${root}/target/`, () =>
        HttpResponse.json({ code: 'invalid', fields: { percent: ['Too much.'] } }, { status: 400 }),
      ),
    );
    const { user } = show(<ProgressDesk network="n1" />);
    await user.click(await screen.findByRole('button', { name: 'Set the target' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'Aim at this' }));
    expect(await within(dialog).findByText('Too much.')).toBeVisible();
    server.use(http.put(`${root}/target/`, () => HttpResponse.json(progress())));
    await user.click(within(dialog).getByRole('button', { name: 'Aim at this' }));
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
  });

  it('is kind at a standstill, and shows no tables to who may not read them', async () => {
    server.use(
      http.get(`${root}/progress/`, () =>
        HttpResponse.json(
          progress({
            forecast: {
              ...progress().forecast,
              outlook: 'standing',
              likely_on: null,
              early_on: null,
              late_on: null,
            },
            abilities: { set_target: false, read_tables: false },
          }),
        ),
      ),
    );
    show(<ProgressDesk network="n1" />);
    expect(await screen.findByText(/is never met\. 1 person is enough to change that\./)).toBeVisible();
    expect(screen.queryByText('What happened')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Set the target' })).toBeNull();
  });
});
