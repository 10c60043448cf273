import { type CSSProperties, useMemo } from 'react';
import { monthMark, number } from '@/lib/format';
import { type Ahead, planTimeChart, type TimePoint } from '@/lib/time-chart';

interface Props {
  /** The drawing in words. */
  label: string;
  points: readonly TimePoint[];
  goal: { value: number; word: string };
  ahead: Ahead & { word: string };
}

/** A line to today, a target across, the range of a forecast ahead: lines stretch, words keep their size. */
export function TimeChart({ label, points, goal, ahead }: Props) {
  const { early, likely, late } = ahead;
  const plan = useMemo(
    () => planTimeChart(points, goal.value, { early, likely, late }),
    [points, goal.value, early, likely, late],
  );
  const last = points.at(-1);
  if (!plan || !last) return null;
  const here = { left: `${plan.today.x}%`, top: `${plan.today.y}%` };
  return (
    <div className="chart" role="img" aria-label={label}>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        {plan.levels.map(({ at, value }) => (
          <line key={value} className={value ? undefined : 'axis'} x1="0" x2="100" y1={at} y2={at} />
        ))}
        {plan.range && <rect className="range" x={plan.range.x} width={plan.range.width} y="0" height="100" />}
        {plan.likelyX !== null && <line className="likely" x1={plan.likelyX} x2={plan.likelyX} y1="0" y2="100" />}
        <path className="under" d={plan.under} />
        <line className="goal" x1="0" x2="100" y1={plan.goalY} y2={plan.goalY} />
        <path className="curve" d={plan.line} />
        <path className="rebuilt" d={plan.rebuilt} />
      </svg>
      {plan.levels.map(({ at, value }) => (
        <span key={value} className="level" style={{ top: `${at}%` }}>
          {number(value)}
        </span>
      ))}
      {plan.months.map(({ at, day }, index) => (
        <span key={day} className="day" style={{ '--at': `${at}%` } as CSSProperties}>
          {monthMark(day, index === 0)}
        </span>
      ))}
      <span className="aim" style={{ top: `${plan.goalY}%` }}>
        {goal.word}
      </span>
      {plan.range && <span className="foretold">{ahead.word}</span>}
      <i className="dot" style={here} />
      <b className={plan.today.x < 50 ? 'said is-early' : 'said'} style={here}>
        {number(last.value)}
      </b>
    </div>
  );
}
