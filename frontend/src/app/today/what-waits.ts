import type {
  Action,
  AnswerQuestion,
  Assignment,
  Charter,
  Companion,
  FriendlyCall,
  OwnAsk,
  TakeOver,
  Today,
  Treasury,
} from '@/api/shapes';
import { moneyToDecide } from '@/features/fundraising/treasury-api';

/** One thing that waits for the reader, with all that its card says. `by`: its hour or day; empty where it has none. */
export type Thing =
  | { kind: 'call'; by: string; call: NonNullable<Today['call']> }
  | { kind: 'concern'; by: string; concern: NonNullable<Today['concern']> }
  | { kind: 'message'; by: string; message: NonNullable<Today['message']> }
  | { kind: 'held'; by: string; held: NonNullable<Today['held']> }
  | { kind: 'launch'; by: string; action: Action }
  | { kind: 'leaving'; by: string; action: Action }
  | { kind: 'empty'; by: string; action: Action; count: number }
  | { kind: 'assignment'; by: string; assignment: Assignment }
  | { kind: 'take_over'; by: string; question: TakeOver }
  | { kind: 'money'; by: string; count: number }
  | { kind: 'friendly_call'; by: string; call: FriendlyCall }
  | { kind: 'letters'; by: string; count: number }
  | { kind: 'answered'; by: string; question: AnswerQuestion }
  | { kind: 'charter'; by: string; version: string }
  | { kind: 'hand_over'; by: string; handOver: NonNullable<Today['hand_over']> }
  | { kind: 'stand_in'; by: string; standIn: NonNullable<Today['stand_in']> }
  | { kind: 'ask'; by: string; ask: OwnAsk }
  | { kind: 'companion'; by: string; companion: Companion }
  | { kind: 'brief'; by: string; assignment: Assignment }
  | { kind: 'meanwhile'; by: string; toDo: Today['meanwhile'][number] };

/** What the screens have read; what is not read yet, or could not be, waits for nobody. */
export interface Read {
  today?: Today | undefined;
  /** Those that the reader organises. */
  actions?: readonly (Action & { empty_here?: number })[] | undefined;
  assignments?: readonly Assignment[] | undefined;
  /** What the reader is asked to take over next door. */
  takeOvers?: readonly TakeOver[] | undefined;
  /** What waits at the recipients whose books the reader keeps. */
  treasury?: Treasury | undefined;
  friendlyCalls?: readonly FriendlyCall[] | undefined;
  letters?: number | undefined;
  /** What I wrote to office holders, of which nobody said whether it was answered. */
  answerQuestions?: readonly AnswerQuestion[] | undefined;
  charter?: Charter | undefined;
  asks?: readonly OwnAsk[] | undefined;
  companions?: readonly Companion[] | undefined;
}

/**
 * By what cannot wait. First what another person waits for, by how hard it was promised to them: the call within 48 hours,
 * what was told in confidence (the same day), what was written, who waits for a look before a call is promised, a colleague whose launch takes a second person. Then what
 * has a day of its own: an answer or a report that is due, what one is asked to take over next door, money to decide about; seats on which nobody acts; then whom nobody else calls or writes to, and whether those one wrote to answered. Then what the house
 * asks: the charter, who comes next in a seat, a neighbour who would stand in, a question about a seat. Then what leaves by itself within a day, what one may
 * prepare, and what an applicant can do until they are called.
 */
const ORDER: Record<Thing['kind'], number> = {
  call: 0,
  concern: 1,
  message: 2,
  held: 3,
  launch: 4,
  assignment: 5,
  take_over: 6,
  money: 7,
  empty: 8,
  friendly_call: 9,
  letters: 10,
  answered: 11,
  charter: 12,
  hand_over: 13,
  stand_in: 14,
  ask: 15,
  companion: 16,
  leaving: 17,
  brief: 18,
  meanwhile: 19,
};

const DAY = 24 * 3_600_000;

/** Everything that waits for the reader, in order: the first is today's one thing. Nothing in it: truly nothing waits. */
export function whatWaits(found: Read, now: number): Thing[] {
  const { today, charter } = found;
  const agreement = charter?.mine.is_asked ? charter.in_force : null;
  const things: Thing[] = [
    ...(today?.call ? [{ kind: 'call' as const, by: today.call.due_at, call: today.call }] : []),
    ...(today?.concern
      ? [{ kind: 'concern' as const, by: today.concern.taken_at ? '' : today.concern.due_at, concern: today.concern }]
      : []),
    ...(today?.message ? [{ kind: 'message' as const, by: today.message.since, message: today.message }] : []),
    ...(today?.held ? [{ kind: 'held' as const, by: today.held.since, held: today.held }] : []),
    ...(found.actions ?? [])
      .filter((action) => action.abilities.agree_to_launch)
      .map((action) => ({ kind: 'launch' as const, by: action.launch_asked_at ?? '', action })),
    ...(found.actions ?? []).flatMap((action) =>
      action.launch_at && Date.parse(action.launch_at) < now + DAY
        ? [{ kind: 'leaving' as const, by: action.launch_at, action }]
        : [],
    ),
    ...(found.actions ?? []).flatMap((action) =>
      action.empty_here ? [{ kind: 'empty' as const, by: action.starts_at, action, count: action.empty_here }] : [],
    ),
    ...(found.assignments ?? []).flatMap((assignment) => asked(assignment, now)),
    ...(found.takeOvers ?? []).map((question) => ({ kind: 'take_over' as const, by: question.starts_at, question })),
    ...money(found.treasury),
    ...(found.friendlyCalls ?? []).map((call) => ({ kind: 'friendly_call' as const, by: call.seen_at, call })),
    ...(found.letters ? [{ kind: 'letters' as const, by: '', count: found.letters }] : []),
    ...(found.answerQuestions ?? []).map((question) => ({
      kind: 'answered' as const,
      by: question.asked_on,
      question,
    })),
    ...(agreement ? [{ kind: 'charter' as const, by: agreement.agree_by ?? '', version: agreement.id }] : []),
    ...(today?.hand_over
      ? [{ kind: 'hand_over' as const, by: today.hand_over.ends_on, handOver: today.hand_over }]
      : []),
    ...(today?.stand_in ? [{ kind: 'stand_in' as const, by: today.stand_in.since, standIn: today.stand_in }] : []),
    ...(found.asks ?? [])
      .filter((ask) => ask.status === 'waiting')
      .map((ask) => ({ kind: 'ask' as const, by: ask.ends_at, ask })),
    ...(found.companions ?? [])
      .filter((companion) => companion.abilities.say_yes)
      .map((companion) => ({ kind: 'companion' as const, by: companion.since, companion })),
    ...(today?.meanwhile ?? []).map((toDo) => ({ kind: 'meanwhile' as const, by: '', toDo })),
  ];
  return things.sort((a, b) => ORDER[a.kind] - ORDER[b.kind] || a.by.localeCompare(b.by));
}

/** What an action asks of the reader now: an answer, a report once it began, or to be ready for it. What is over, declined or reported asks nothing. */
function asked(assignment: Assignment, now: number): Thing[] {
  const { action, answer, abilities } = assignment;
  if (action.status !== 'launched' || assignment.is_relieved) return [];
  if (answer === 'waiting' && abilities.accept) return [{ kind: 'assignment', by: action.starts_at, assignment }];
  if (answer !== 'accepted') return [];
  if (Date.parse(action.starts_at) > now) return [{ kind: 'brief', by: action.starts_at, assignment }];
  return abilities.report ? [{ kind: 'assignment', by: action.ends_at, assignment }] : [];
}

/** What waits for a treasurer's word, with the first hour by which a bank lets go. */
function money(treasury: Treasury | undefined): Thing[] {
  const count = treasury ? moneyToDecide(treasury) : 0;
  const by = (treasury?.items ?? []).flatMap(({ due_at }) => due_at ?? []).sort()[0] ?? '';
  return count > 0 ? [{ kind: 'money', by, count }] : [];
}

/** What tells the things of a list apart. */
export function keyOf(thing: Thing): string {
  switch (thing.kind) {
    case 'assignment':
    case 'brief':
      return thing.assignment.id;
    case 'launch':
    case 'leaving':
    case 'empty':
      return thing.kind + thing.action.id;
    case 'friendly_call':
      return thing.call.id;
    case 'ask':
      return thing.ask.id;
    case 'take_over':
      return thing.question.id;
    case 'companion':
      return thing.companion.id + thing.companion.status;
    case 'meanwhile':
      return thing.toDo.path;
    default:
      return thing.kind;
  }
}
