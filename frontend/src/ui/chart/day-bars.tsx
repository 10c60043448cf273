import { daysBetween, topAmount } from '@/lib/figures';
import { number, shortDay } from '@/lib/format';

const WIDTH = 880;
const HEIGHT = 200;
const STEPS = 3;

interface Props {
  /** The drawing in words. */
  label: string;
  /** Cents by day; what is missing is nothing. */
  cents: ReadonlyMap<string, number>;
  first: string;
  last: string;
  /** The day that is not over. */
  today: string;
  /** The day of which the title speaks, and what is written beside it. */
  hot: { day: string; word: string } | null;
  /** Said of each bar: its amount. */
  said: (cents: number) => string;
}

/** A bar a day; today is dashed, since it is not over. */
export function DayBars({ label, cents, first, last, today, hot, said }: Props) {
  const days = daysBetween(first, last);
  const top = topAmount(Math.max(0, ...days.map((day) => cents.get(day) ?? 0)));
  const step = WIDTH / Math.max(days.length, 1);
  const height = (amount: number) => Math.max(0, (HEIGHT * amount) / top);
  const hotAt = hot ? days.indexOf(hot.day) : -1;
  const marks = new Set([0, Math.floor(days.length / 3), Math.floor((2 * days.length) / 3), days.length - 1]);
  return (
    <svg className="drawing is-wide" viewBox="-60 -24 950 252" role="img" aria-label={label}>
      {Array.from({ length: STEPS + 1 }, (_, level) => (
        <g key={level}>
          <line
            className={level ? undefined : 'axis'}
            x1="0"
            x2={WIDTH}
            y1={HEIGHT - (HEIGHT * level) / STEPS}
            y2={HEIGHT - (HEIGHT * level) / STEPS}
          />
          <text className="end" x="-8" y={HEIGHT + 4 - (HEIGHT * level) / STEPS}>
            {number(Math.round((top * level) / STEPS / 100))}
          </text>
        </g>
      ))}
      {days.map((day, index) => {
        const amount = cents.get(day) ?? 0;
        const kind = day === hot?.day ? 'bar is-hot' : day === today ? 'bar is-open' : 'bar';
        return (
          <rect
            key={day}
            className={kind}
            x={index * step + step * 0.2}
            y={HEIGHT - height(amount)}
            width={step * 0.6}
            height={height(amount)}
          >
            <title>{`${shortDay(day)} : ${said(amount)}`}</title>
          </rect>
        );
      })}
      {[...marks].map((index) => (
        <text
          key={index}
          className={index === days.length - 1 ? 'end' : index ? 'middle optional' : undefined}
          x={index === days.length - 1 ? WIDTH : (index + 0.5) * step}
          y="220"
        >
          {shortDay(days[index] ?? last)}
        </text>
      ))}
      {hot && hotAt >= 0 && (
        <text className={hotAt > days.length / 2 ? 'strong end' : 'strong'} x={(hotAt + 0.5) * step} y="-8">
          {hot.word}
        </text>
      )}
    </svg>
  );
}
