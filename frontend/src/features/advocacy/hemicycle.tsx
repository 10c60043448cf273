import './votes.css';
import { type LedgerState } from './ledger-states';
import { type Hemicycle, hemicycle } from './hemicycle-places';
import { type GroupVotes, isOtherwise, type Seated, type VoteState } from './vote-states';

export type SeatState = VoteState | LedgerState;

const RING = 'M-1,0a1,1 0 1,0 2,0a1,1 0 1,0 -2,0';
const DOT = 'M-.35,0a.35,.35 0 1,0 .7,0a.35,.35 0 1,0 -.7,0';
/** What one says is a form before it is a colour: full for, crossed against, barred between, a dot for nothing. */
const FORMS: Record<SeatState, string> = {
  for: RING,
  rather_for: RING,
  silent: `${RING}M-1,0h2`,
  abstained: `${RING}M-1,0h2`,
  rather_against: `${RING}M-.7,.7L.7,-.7`,
  against: 'M-.85,-.85L.85,.85M-.85,.85L.85,-.85',
  unknown: DOT,
  not_voting: DOT,
  absent: DOT,
  unlisted: DOT,
};

/** One state as it stands in the drawing, beside its word. */
export function SeatMark({ state }: { state: SeatState }) {
  return (
    <svg className="seat-mark" viewBox="-1.4 -1.4 2.8 2.8" aria-hidden="true">
      <path className={`seat is-${state}`} d={FORMS[state]} />
    </svg>
  );
}

interface Props {
  /** The same in words: how many of each. */
  label: string;
  groups: readonly GroupVotes[];
  stateOf: (seat: Seated) => SeatState;
}

/** Seats in a half circle, group beside group under its colour; who voted otherwise than they had said has a ring. */
export function HemicycleFigure({ label, groups, stateOf }: Props) {
  const all = groups.flatMap(({ seated }) => seated);
  const { places, radius } = hemicycle(all.length);
  const arcs = arcsOf(groups, places);
  return (
    <svg className="hemicycle" viewBox="-1.2 -1.2 2.4 1.3" role="img" aria-label={label}>
      {arcs.map(({ key, colour, d }) => (
        <path key={key} className="group-arc" d={d} style={colour ? { stroke: colour } : undefined} />
      ))}
      {all.map((seat, at) => {
        const place = places[at];
        if (!place) return null;
        const state = stateOf(seat);
        return (
          <g
            key={seat.row.id}
            transform={`translate(${place.x.toFixed(3)} ${place.y.toFixed(3)}) scale(${radius.toFixed(4)})`}
          >
            {isOtherwise(seat) && <path className="seat-ring" d="M-1.35,-1.35h2.7v2.7h-2.7z" />}
            <path className={`seat is-${state}`} d={FORMS[state]} />
          </g>
        );
      })}
    </svg>
  );
}

/** What stands above each group: from its first seat to its last. */
function arcsOf(groups: readonly GroupVotes[], places: Hemicycle['places']) {
  let from = 0;
  return groups.map(({ key, colour, seated }) => {
    const begin = places[from]?.angle ?? Math.PI;
    from += seated.length;
    return { key, colour, d: arc(begin, places[from - 1]?.angle ?? 0) };
  });
}

const OUTER = 1.13;

/** Along the outer edge from one angle to another, which is further right. */
function arc(begin: number, end: number): string {
  const at = (angle: number) => `${(OUTER * Math.cos(angle)).toFixed(3)},${(-OUTER * Math.sin(angle)).toFixed(3)}`;
  return `M${at(Math.min(begin + 0.01, Math.PI))}A${OUTER},${OUTER} 0 0,1 ${at(Math.max(end - 0.01, 0))}`;
}
