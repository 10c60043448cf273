import type { Voted, VotesRow } from '@/api/shapes';
import { stateOf as ledgerStateOf } from './ledger-states';

/** How somebody voted, in the order in which it is drawn: whoever is in no list of the record has no vote. */
export const VOTE_STATES = ['for', 'abstained', 'not_voting', 'absent', 'unlisted', 'against'] as const;
export type VoteState = (typeof VOTE_STATES)[number];

/** One who sat on the day of a roll call, and what they had said and did. */
export interface Seated {
  row: VotesRow;
  vote: Voted;
}

export interface GroupVotes {
  /** Its abbreviation; empty for those who sit in none. */
  key: string;
  name: string;
  colour: string;
  seated: readonly Seated[];
}

export function voteState({ choice }: Pick<Voted, 'choice'>): VoteState {
  return choice ?? 'unlisted';
}

export function saidState({ said }: Pick<Voted, 'said'>) {
  return ledgerStateOf({ stance: said });
}

export const isOtherwise = ({ vote }: Seated) => vote.is_as_said === false;

export function count(seated: readonly Seated[], is: (seat: Seated) => boolean): number {
  return seated.filter(is).length;
}

/** Those who sat at the roll call in this place of the list, by group: whose votes are most for the subject first. */
export function groupsAt(rows: readonly VotesRow[], at: number): GroupVotes[] {
  const found = new Map<string, Seated[]>();
  for (const row of rows) {
    const vote = row.votes[at];
    if (!vote?.sat) continue;
    const key = row.group?.abbreviation ?? '';
    found.set(key, [...(found.get(key) ?? []), { row, vote }]);
  }
  const lean = (seated: readonly Seated[]) =>
    (count(seated, ({ vote }) => vote.choice === 'for') - count(seated, ({ vote }) => vote.choice === 'against')) /
    seated.length;
  return [...found]
    .map(([key, seated]) => ({
      key,
      name: seated[0]?.row.group?.name ?? '',
      colour: seated[0]?.row.group?.colour ?? '',
      seated: seated.sort(
        (a, b) =>
          VOTE_STATES.indexOf(voteState(a.vote)) - VOTE_STATES.indexOf(voteState(b.vote)) ||
          a.row.seat.code.localeCompare(b.row.seat.code),
      ),
    }))
    .sort((a, b) => lean(b.seated) - lean(a.seated) || a.key.localeCompare(b.key));
}
