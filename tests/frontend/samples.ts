import type {
  Action,
  Application,
  Assignment,
  BoardAnswer,
  BoardLine,
  BoardStep,
  LineSteps,
  Me,
  Network,
  Seat,
  SeatRow,
  SeatTerm,
  StepPreview,
} from '@/api/shapes';

/** Invented things in the shapes of the API; a test changes what it speaks of. */
const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString();

export const network: Network = {
  id: 'n1',
  slug: 'net',
  language: 'en',
  name: 'A net',
  purpose: '',
  country: 'ZZ',
  kind: '',
  kind_name: '',
  office: 'member of parliament',
  opens_at: hours(-1000),
  closes_at: null,
};

export const seats: SeatRow[] = [
  {
    id: 's1',
    code: 'A01',
    name: 'Alder, 1st',
    group: 'Alder',
    state: 'filled',
    new: false,
  },
  {
    id: 's2',
    code: 'A02',
    name: 'Alder, 2nd',
    group: 'Alder',
    state: 'vacant',
    new: false,
  },
  {
    id: 's3',
    code: 'B01',
    name: 'Birch-sur-Été, 1st',
    group: 'Birch',
    state: 'vacant',
    new: false,
  },
  {
    id: 's4',
    code: 'B02',
    name: 'Birch-sur-Été, 2nd',
    group: 'Birch',
    state: 'stand_in',
    new: false,
  },
];

export function seatTerm(part: Partial<SeatTerm> = {}): SeatTerm {
  return {
    id: 't1',
    kind: 'relay',
    person_id: 'p2',
    name: 'Camille Vernoux',
    photo: '',
    is_mine: false,
    starts_at: '2026-03-02T10:00:00Z',
    seen_at: '2026-11-20T10:00:00Z',
    paused_until: null,
    abilities: { end: true, pause: true, resume: false },
    ...part,
  };
}

export const standIn = seatTerm({
  id: 't2',
  kind: 'stand_in',
  person_id: 'p4',
  name: 'Ada Lind',
  starts_at: '2026-10-05T10:00:00Z',
  abilities: { end: true, pause: false, resume: false },
});

export function seat(part: Partial<Seat> = {}): Seat {
  return {
    id: 's2',
    network: 'n1',
    area: { id: 'ar2', country: 'ZZ', kind: 'constituency', code: 'A02', name: 'Alder, 2nd', number: 2, ancestors: [] },
    state: 'vacant',
    since: hours(-1000),
    holder: null,
    terms: [],
    applications: [],
    neighbours: [],
    abilities: { apply: false, see_applications: true },
    ...part,
  };
}

export function me(part: Partial<Me> = {}): Me {
  return {
    id: 'u1',
    email: 'nadia@example.org',
    language: 'en',
    person: { id: 'p1', given_name: 'Nadia', family_name: 'Ferhat', place: '' },
    grants: [],
    abilities: {
      organise: false,
      answer: false,
      inspect: false,
      administer: false,
      keep_books: false,
      moderate: false,
    },
    second_factor: 'optional',
    ...part,
  };
}

export function promise(part: Partial<NonNullable<Application['promise']>> = {}): NonNullable<Application['promise']> {
  return {
    started_at: hours(-19),
    due_at: hours(29),
    kept_at: null,
    owed_by: 'Nadia Ferhat',
    owed_from: 'Alder',
    climbs: 0,
    is_mine: false,
    ...part,
  };
}

export function application(part: Partial<Application> = {}): Application {
  return {
    id: 'a1',
    status: 'submitted',
    seat: { id: 's2', code: 'A02', name: 'Alder, 2nd' },
    person: {
      id: 'p2',
      name: 'Camille Vernoux',
      commune: 'Little Alder',
      contacts: [{ channel: 'email', value: 'camille@example.org', is_verified: true }],
    },
    motivation: 'I live here.',
    created_at: hours(-20),
    confirmed_at: hours(-19),
    decided_at: null,
    words: '',
    why_withdrawn: '',
    is_own: false,
    paper: null,
    promise: promise(),
    abilities: {
      contact: true,
      approve: true,
      decline: true,
      release: false,
      withdraw: false,
    },
    ...part,
  };
}

export function action(part: Partial<Action> = {}): Action {
  return {
    id: 'x1',
    network: 'n1',
    subject: null,
    status: 'draft',
    title: 'One question',
    default_language: 'en',
    texts: { en: { title: 'One question', summary: '', brief: '# Why' } },
    starts_at: hours(96),
    ends_at: hours(106),
    vacant_rule: 'worklist',
    version: 3,
    created_at: hours(-2),
    launch_asked_at: null,
    launch_at: null,
    time_zone: 'Europe/Paris',
    launched_at: null,
    stopped_at: null,
    abilities: {
      edit: true,
      launch: true,
      correct: false,
      agree_to_launch: false,
      stop: false,
      see_board: false,
      take_steps: false,
    },
    ...part,
  };
}

export function assignment(part: Partial<Assignment> = {}): Assignment {
  return {
    id: 'g1',
    action: {
      id: 'x1',
      title: 'One question',
      summary: '',
      brief_html: '<p>Ask it.</p>',
      language: 'en',
      subject: null,
      is_fallback: false,
      starts_at: hours(96),
      ends_at: hours(106),
      launched_at: hours(-48),
      reports_until: hours(106 + 14 * 24),
      status: 'launched',
    },
    seat: { id: 's1', code: 'A01', name: 'Alder, 1st' },
    area: {
      country: 'ZZ',
      kind: 'constituency',
      code: 'A01',
      time_zone: 'Europe/Paris',
    },
    answer: 'accepted',
    reason: '',
    answered_at: hours(-1),
    is_next_door: false,
    is_relieved: false,
    report: null,
    version: 1,
    copy_of: 'Camille Vernoux',
    paper: '/en/brief/token/paper/',
    abilities: { accept: false, decline: true, block: true, report: true },
    ...part,
  };
}

export function line(seat: SeatRow, part: Partial<BoardLine> = {}): BoardLine {
  return {
    id: `g-${seat.code}`,
    seat: { id: seat.id, code: seat.code, name: seat.name },
    state: 'no_answer',
    answer: 'waiting',
    reason: '',
    holder_id: 'p2',
    holder: 'Camille Vernoux',
    neighbour_id: null,
    neighbour: null,
    neighbour_since: null,
    excused_until: null,
    opened_at: null,
    opened_version: null,
    is_undone: false,
    reminded: 0,
    answered_at: null,
    heard_at: null,
    changed_at: hours(-1),
    report: null,
    ...part,
  };
}

export function board(lines: BoardLine[], part: Partial<BoardAnswer> = {}): BoardAnswer {
  const counts = {
    total: lines.length,
    reported: 0,
    late: 0,
    neighbour: 0,
    accepted: 0,
    no_answer: 0,
    empty: 0,
  };
  for (const one of lines) counts[one.state] += 1;
  return {
    as_of: hours(0),
    status: 'launched',
    starts_at: hours(96),
    ends_at: hours(106),
    stopped_at: null,
    counts,
    vacant: { rule: 'worklist', asked: 0, taken_over: 0 },
    assignments: lines,
    news: [],
    ...part,
  };
}

/** What one line of a board says of its next steps. */
export function lineSteps(part: Partial<LineSteps> = {}): LineSteps {
  return {
    history: [{ at: hours(-2), what: 'asked', number: null, who: '' }],
    relaunch: stepPreview({ number: 1, by_mail: 1, leaves_at: hours(0.2) }),
    excuse: stepPreview({ kind: 'excuse', number: 1, until: hours(6) }),
    can_hand_over: true,
    hand_over_leaves_at: hours(0.2),
    asked_next_door: null,
    neighbours: [
      { id: 'p7', name: 'Bruno Teyssier', code: 'A03', place: 'Alder, 3rd', carries: 0, asked: 0, is_by_hand: false },
      { id: 'p8', name: 'Zoé Lamy', code: 'A04', place: 'Alder, 4th', carries: 1, asked: 0, is_by_hand: false },
    ],
    elsewhere: 0,
    steps: [],
    ...part,
  };
}

export function stepPreview(part: Partial<StepPreview> = {}): StepPreview {
  return {
    kind: 'relaunch',
    number: 0,
    by_mail: 0,
    by_hand: 0,
    in_the_morning: 0,
    to_call: 0,
    unreached: 0,
    paused: 0,
    passed_over: 0,
    leaves_at: null,
    until: null,
    ...part,
  };
}

export function boardStep(part: Partial<BoardStep> = {}): BoardStep {
  return {
    id: 'w1',
    kind: 'relaunch',
    number: 1,
    by: 'Nadia Ferhat',
    is_by_rule: false,
    at: hours(0),
    place: '',
    neighbour: '',
    undone_at: null,
    can_undo: true,
    undo_until: hours(1 / 6),
    ...part,
  };
}
