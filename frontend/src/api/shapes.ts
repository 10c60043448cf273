/** The shapes that the screens read, named once. */
export type SeatState = 'filled' | 'stand_in' | 'dormant' | 'applied' | 'vacant';
export const SEAT_STATES: readonly SeatState[] = ['filled', 'stand_in', 'applied', 'vacant', 'dormant'];
export type BoardState = 'reported' | 'late' | 'accepted' | 'no_answer' | 'empty';
export const BOARD_STATES: readonly BoardState[] = ['reported', 'accepted', 'no_answer', 'late', 'empty'];

export interface Page<Item> {
  items: Item[];
  next: string | null;
}

export interface Place {
  id: string;
  kind: string;
  country: string;
  code: string;
  name: string;
}

export interface Me {
  id: string;
  email: string;
  language: string;
  person: { id: string; given_name: string; family_name: string } | null;
  grants: { role: string; area: Place }[];
  abilities: { organise: boolean };
}

export interface DemoAccount {
  key: string;
  name: string;
  role: string;
  place: string;
}

export interface Network {
  id: string;
  slug: string;
  name: string;
  purpose: string;
  country: string;
  opens_at: string;
  closes_at: string | null;
}

export interface Coverage {
  total: number;
  filled: number;
  stand_in: number;
  applied: number;
  vacant: number;
  dormant: number;
}

export interface SeatRow {
  id: string;
  code: string;
  name: string;
  state: SeatState;
}

export interface Contact {
  channel: string;
  value: string;
}

export interface PromiseTimes {
  started_at: string;
  due_at: string;
  kept_at: string | null;
}

export type ApplicationStatus = 'unconfirmed' | 'submitted' | 'contacted' | 'approved' | 'declined' | 'withdrawn';

export interface Application {
  id: string;
  status: ApplicationStatus;
  seat: { id: string; code: string; name: string };
  person: { id: string; name: string; commune: string; contacts: Contact[] };
  motivation: string;
  created_at: string;
  confirmed_at: string | null;
  promise: PromiseTimes | null;
  abilities: { contact: boolean; approve: boolean; decline: boolean };
}

export interface Seat {
  id: string;
  area: Place & { ancestors: Place[] };
  network: string;
  state: SeatState;
  holder: { name: string; kind: 'relay' | 'stand_in'; starts_at: string; seen_at: string } | null;
  term_id: string | null;
  abilities: { end_term: boolean };
}

export interface PersonRow {
  id: string;
  name: string;
  commune: string;
  seat: { code: string; name: string } | null;
  contacts: Contact[];
  created_at: string;
}

export interface OfficeHolder {
  id: string;
  full_name: string;
  civility: string;
  group: { name: string; abbreviation: string; colour: string } | null;
  since: string;
  office_email: string;
  profile_url: string;
}

export type ActionStatus = 'draft' | 'launched' | 'stopped' | 'closed';

export interface ActionText {
  title: string;
  summary: string;
  brief: string;
}

export interface Action {
  id: string;
  status: ActionStatus;
  network: string;
  default_language: string;
  texts: Partial<Record<string, ActionText>>;
  starts_at: string;
  ends_at: string;
  version: number;
  launched_at: string | null;
  stopped_at: string | null;
  abilities: { edit: boolean; launch: boolean; stop: boolean };
}

export interface DryRun {
  seats: number;
  with_holder: number;
  vacant: number;
  messages: number;
  by_language: Record<string, number>;
}

export type Met = 'holder' | 'staff' | 'nobody';
export type Stance = -2 | -1 | 0 | 1 | 2;

export interface Report {
  met: Met;
  stance: Stance | null;
  quote: string;
  failed: string;
  reported_at: string;
}

export interface BoardLine {
  id: string;
  seat: { id: string; code: string; name: string };
  state: BoardState;
  holder: string | null;
  answered_at: string | null;
  changed_at: string;
  report: Report | null;
}

export interface BoardAnswer {
  as_of: string;
  counts: Record<BoardState, number>;
  assignments: BoardLine[];
}

export interface Assignment {
  id: string;
  action: {
    id: string;
    title: string;
    brief_html: string;
    language: string;
    is_fallback: boolean;
    starts_at: string;
    ends_at: string;
    status: ActionStatus;
  };
  seat: { id: string; code: string; name: string };
  area: { country: string; kind: string; code: string };
  answer: 'waiting' | 'accepted' | 'declined' | 'reported';
  answered_at: string | null;
  report: Report | null;
  abilities: { accept: boolean; decline: boolean; report: boolean };
}

export interface BoundarySet {
  kind: string;
  country: string;
  hash: string;
  licence: string;
  attribution: string;
  is_approximate: boolean;
  svg: string | null;
  tiles: string | null;
}
