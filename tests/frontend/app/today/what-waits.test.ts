import { describe, expect, it } from 'vitest';
import type { Charter, Companion, OwnAsk, Today } from '@/api/shapes';
import { type Read, whatWaits } from '@/app/today/what-waits';
import { recipient } from '~tests/features/fundraising/samples';
import { action as anAction, assignment } from '~tests/samples';

const NOW = Date.parse('2026-11-29T12:00:00Z');
const at = (hours: number) => new Date(NOW + hours * 3_600_000).toISOString();

const today: Today = {
  call: { application: 'a1', place: 'Alder, 2nd', started_at: at(-20), due_at: at(28), count: 1 },
  concern: { due_at: at(10), taken_at: null, count: 1 },
  message: { conversation: 'c1', place: 'Alder, 1st', since: at(-3), count: 1 },
  held: { place: 'Birch, 2nd', since: at(-5), count: 3 },
  hand_over: { place: 'Birch, 1st', ends_on: '2026-12-01', count: 1 },
  stand_in: { seat: 's1', place: 'Birch, 2nd', since: at(-50), count: 1 },
  meanwhile: [
    { title: 'Read the charter', why: '', path: '/en/one/' },
    { title: 'Show the page', why: '', path: '/en/two/' },
  ],
};
const nothing: Today = {
  call: null,
  concern: null,
  message: null,
  held: null,
  hand_over: null,
  stand_in: null,
  meanwhile: [],
};
const ask = { id: 'k1', kind: 'stand_in', status: 'waiting', ends_at: at(90) } as OwnAsk;
const companion = { id: 'b1', status: 'offered', since: at(-9), abilities: { say_yes: true } } as Companion;
const charter = { mine: { is_asked: true }, in_force: { id: 'v2', agree_by: '2026-12-24' } } as Charter;
const action = assignment().action;
const asked = assignment({ answer: 'waiting', abilities: { accept: true, decline: true, block: true, report: true } });

function kinds(found: Read): string[] {
  return whatWaits(found, NOW).map(({ kind }) => kind);
}

describe('what waits', () => {
  it('stands in the order of what cannot wait', () => {
    const found: Read = {
      today,
      assignments: [assignment({ id: 'g2', action: { ...action, starts_at: at(50) } }), asked],
      friendlyCalls: [{ id: 'f1', seen_at: at(-600) } as never],
      letters: 2,
      charter,
      asks: [ask],
      companions: [companion],
      treasury: { items: [recipient], near_identities: 0 },
      actions: [
        anAction(),
        anAction({ abilities: { ...anAction().abilities, agree_to_launch: true } }),
        anAction({ id: 'x2', launch_at: at(20) }),
        anAction({ id: 'x3', launch_at: at(30) }),
        { ...anAction({ id: 'x4' }), empty_here: 3 },
      ],
    };
    expect(kinds(found)).toEqual([
      'call',
      'concern',
      'message',
      'held',
      'launch',
      'assignment',
      'money',
      'empty',
      'friendly_call',
      'letters',
      'charter',
      'hand_over',
      'stand_in',
      'ask',
      'companion',
      'leaving',
      'brief',
      'meanwhile',
      'meanwhile',
    ]);
  });

  it('is nothing where nothing was read, or nothing is asked', () => {
    expect(whatWaits({}, NOW)).toEqual([]);
    expect(
      whatWaits(
        {
          today: nothing,
          letters: 0,
          charter: { ...charter, mine: { ...charter.mine, is_asked: false } },
          asks: [{ ...ask, status: 'agreed' }],
          companions: [{ ...companion, abilities: { ...companion.abilities, say_yes: false } }],
        },
        NOW,
      ),
    ).toEqual([]);
  });

  it.each([
    ['declined', { answer: 'declined' as const }],
    ['reported', { answer: 'reported' as const }],
    ['stopped', { action: { ...action, status: 'stopped' as const } }],
    ['closed, unanswered', { answer: 'waiting' as const, action: { ...action, status: 'closed' as const } }],
    ['too late for an answer', { answer: 'waiting' as const }],
    [
      'too late for a report',
      {
        action: { ...action, starts_at: at(-500) },
        abilities: { accept: false, decline: false, block: false, report: false },
      },
    ],
  ])('is no assignment that is %s', (_, part) => {
    expect(kinds({ assignments: [assignment(part as never)] })).toEqual([]);
  });

  it('asks for the report from the hour on which an action begins', () => {
    const coming = assignment({ action: { ...action, starts_at: at(1), ends_at: at(5) } });
    const begun = assignment({ action: { ...action, starts_at: at(-1), ends_at: at(5) } });
    expect(whatWaits({ assignments: [coming] }, NOW)).toMatchObject([{ kind: 'brief', by: at(1) }]);
    expect(whatWaits({ assignments: [begun] }, NOW)).toMatchObject([{ kind: 'assignment', by: at(5) }]);
  });

  it('has among its like the earliest hour first', () => {
    const later = { ...asked, id: 'later', action: { ...action, starts_at: at(60) } };
    const sooner = { ...asked, id: 'sooner', action: { ...action, starts_at: at(6) } };
    expect(whatWaits({ assignments: [later, sooner] }, NOW)).toMatchObject([
      { assignment: { id: 'sooner' } },
      { assignment: { id: 'later' } },
    ]);
  });

  it('counts money of all recipients, until the first hour by which a bank lets go', () => {
    const items = [
      { ...recipient, due_at: at(70) },
      { ...recipient, held: 0, disputes: 1, differences: 2, excesses: 1, due_at: at(20) },
      { ...recipient, held: 0 },
    ];
    expect(whatWaits({ treasury: { items, near_identities: 3 } }, NOW)).toEqual([
      { kind: 'money', by: at(20), count: 9 },
    ]);
    const held = { ...recipient, held: 0 };
    expect(whatWaits({ treasury: { items: [held], near_identities: 0 } }, NOW)).toEqual([]);
  });

  it('keeps no hour of a concern that was taken up', () => {
    const taken = { due_at: at(-20), taken_at: at(-30), count: 1 };
    expect(whatWaits({ today: { ...nothing, concern: taken } }, NOW)).toMatchObject([{ kind: 'concern', by: '' }]);
  });
});
