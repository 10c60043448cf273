import type { Ref } from 'react';

const WIDTH = 520;
const HEIGHT = 400;

interface Props {
  ref?: Ref<SVGSVGElement>;
  /** The drawing in words. */
  label: string;
  /** Share of all, the smallest first; share of the sum. */
  points: readonly (readonly number[])[];
  /** What the title speaks of. */
  through: { number: number; cents: number; numberWord: string; centsWord: string };
  axis: string;
  equal: string;
}

const x = (share: number) => Math.round(share * WIDTH * 10) / 10;
const y = (share: number) => Math.round((1 - share) * HEIGHT * 10) / 10;

/** The curve of Lorenz, and the point on it that the title speaks of; the twin of the server's `fundraising/lorenz.html`. */
export function LorenzChart({ ref, label, points, through, axis, equal }: Props) {
  const line = points.map(([number = 0, cents = 0], index) => `${index ? 'L' : 'M'}${x(number)} ${y(cents)}`).join('');
  const at = { x: x(through.number), y: y(through.cents) };
  return (
    <svg ref={ref} className="drawing" viewBox="-46 -12 580 464" role="img" aria-label={label}>
      {[0.25, 0.5, 0.75].map((share) => (
        <g key={share}>
          <line x1="0" x2={WIDTH} y1={y(share)} y2={y(share)} />
          <line x1={x(share)} x2={x(share)} y1="0" y2={HEIGHT} />
        </g>
      ))}
      <path className="area" d={`${line}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z`} />
      <line className="equal" x1="0" y1={HEIGHT} x2={WIDTH} y2="0" />
      <line className="lead" x1="0" x2={at.x} y1={at.y} y2={at.y} />
      <line className="lead" x1={at.x} x2={at.x} y1={at.y} y2={HEIGHT} />
      <path className="curve" d={line} />
      <circle className="point" cx={at.x} cy={at.y} r="7" />
      <line className="axis" x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
      <line className="axis" x1="0" x2="0" y1="0" y2={HEIGHT} />
      <text className="strong" x="10" y={Math.max(at.y - 10, 14)}>
        {through.centsWord}
      </text>
      <text className={at.x > 200 ? 'strong end' : 'strong'} x={at.x > 200 ? at.x - 10 : at.x + 10} y={HEIGHT - 10}>
        {through.numberWord}
      </text>
      <text className="end" x="-8" y="6">
        100 %
      </text>
      <text className="end" x="-8" y="205">
        50 %
      </text>
      <text className="end" x="-8" y="404">
        0
      </text>
      <text x="0" y="422">
        0
      </text>
      <text className="middle" x={WIDTH / 2} y="422">
        50 %
      </text>
      <text className="end" x={WIDTH} y="422">
        100 %
      </text>
      <text className="middle" x={WIDTH / 2} y="446">
        {axis}
      </text>
      <text className="optional" x="150" y="262" transform="rotate(-37.6 150 262)">
        {equal}
      </text>
    </svg>
  );
}
