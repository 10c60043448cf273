import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { RollCall, Subject, Voted, VotesRow } from '@/api/shapes';
import { hemicycle } from '@/features/advocacy/hemicycle-places';
import { groupsAt } from '@/features/advocacy/vote-states';
import { VotesPane } from '@/features/advocacy/votes-pane';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';

const subject: Subject = {
  id: 's1',
  title: 'A human desk',
  decision: 'Bill 12',
  default_language: 'en',
  texts: { en: { title: 'A human desk', decision: 'Bill 12' } },
  version: 1,
  opened_at: '2026-10-01T08:00:00Z',
  closed_at: null,
  abilities: { edit: true, close: true },
};

function rollCall(part: Partial<RollCall> = {}): RollCall {
  return {
    id: 'r1',
    body: 'fr-assemblee',
    number: '12',
    on: '2026-10-14',
    title: 'The whole bill',
    result: 'adopted',
    address: 'https://example.org/12',
    tally_for: 2,
    tally_against: 1,
    tally_abstained: 0,
    subject: { id: 's1', title: subject.title },
    favourable: 'for',
    abilities: { tie: true },
    ...part,
  };
}

const voted = (said: Voted['said'], choice: Voted['choice'], is_as_said: boolean | null): Voted => ({
  sat: true,
  said,
  choice,
  meant: null,
  is_as_said,
});

function row(id: string, group: string, ...votes: Voted[]): VotesRow {
  return {
    id,
    office_holder: { id: `h-${id}`, full_name: `Ada ${id}`, family_name: id, civility: 'Mme' },
    seat: { code: id, name: `Place ${id}` },
    group: group ? { abbreviation: group, name: `The ${group}`, colour: '#118833' } : null,
    votes,
  };
}

const rows = [
  row('Martin', 'RED', voted(2, 'against', false), voted(2, 'for', true)),
  row('Lis', 'GRN', voted(2, 'for', true), voted(2, 'for', true)),
  row('Roy', '', voted(null, null, null), { ...voted(null, null, null), sat: false }),
];
const said: { path: string; body: unknown }[] = [];

beforeEach(() => {
  said.length = 0;
  server.use(
    http.get('*/api/v1/advocacy/subjects/s1/votes/', () =>
      HttpResponse.json({ subject, roll_calls: [rollCall(), rollCall({ id: 'r2', number: '31' })], items: rows }),
    ),
    http.get('*/api/v1/advocacy/roll-calls/', () =>
      HttpResponse.json({ items: [rollCall({ id: 'r9', number: '90', subject: null, favourable: null })], next: null }),
    ),
    http.post('*/api/v1/advocacy/roll-calls/*', async ({ request }) => {
      said.push({ path: new URL(request.url).pathname.replace('/api/v1/advocacy', ''), body: await request.json() });
      return HttpResponse.json(rollCall());
    }),
  );
});

describe('a half circle', () => {
  it('has a place for each seat, from left to right, none outside', () => {
    for (const seats of [1, 2, 7, 86, 577]) {
      const { places } = hemicycle(seats);
      expect(places).toHaveLength(seats);
      expect(places.every(({ x, y }) => Math.hypot(x, y) < 1.001 && y <= 0.001)).toBe(true);
      expect(places.every(({ angle }, at) => at === 0 || angle <= (places[at - 1]?.angle ?? 0))).toBe(true);
    }
  });

  it('has those who vote for it on the left, and leaves out who did not sit then', () => {
    expect(groupsAt(rows, 0).map(({ key }) => key)).toEqual(['GRN', '', 'RED']);
    expect(groupsAt(rows, 1).map(({ key }) => key)).toEqual(['GRN', 'RED']);
  });
});

describe('what was said against what was voted', () => {
  it('is drawn and told in tables, with who voted otherwise than they had said', async () => {
    const { user, container } = show(<VotesPane subject={subject} mayTie />, { at: '/?vote=r1' });
    expect(await screen.findByText('1 person voted otherwise than they had said')).toBeVisible();
    expect(screen.getByRole('img', { name: '3 seats: 1 for, 1 in no list, 1 against' })).toBeVisible();
    expect(screen.getByRole('img', { name: '3 seats: 2 for, 1 unknown' })).toBeVisible();
    const over = screen.getByRole('group', { name: 'From one roll call to the next' });
    expect(within(over).getByRole('row', { name: /^RED/ })).toHaveTextContent(
      'RED0 for, 1 against 1 otherwise than said1 for, 0 against',
    );
    await user.click(screen.getByRole('button', { name: 'Voted otherwise 1' }));
    const table = screen.getByRole('group', { name: '1 name' });
    expect(within(table).getByRole('row', { name: /Ada Martin.*For.*Against.*Voted otherwise/ })).toBeVisible();
    expect(within(table).queryByRole('row', { name: /Ada Lis/ })).toBeNull();
    await expectNoAxeFinding(container);
  });

  it('belongs to a subject once somebody says which vote is for it', async () => {
    const { user } = show(<VotesPane subject={subject} mayTie />);
    await user.click(await screen.findByRole('button', { name: 'Tie a roll call' }));
    const dialog = screen.getByRole('dialog');
    const tie = within(dialog).getByRole('button', { name: 'Tie a roll call' });
    await within(dialog).findByRole('option', { name: /No. 90/ });
    expect(tie).toBeDisabled();
    await user.click(within(dialog).getByLabelText(/A vote against/));
    await user.click(tie);
    await waitFor(() => {
      expect(said).toEqual([{ path: '/roll-calls/r9/tie/', body: { subject: 's1', favourable: 'against' } }]);
    });
  });
});
