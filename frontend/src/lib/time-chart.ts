export interface TimePoint {
  /** `2026-11-29` */
  day: string;
  value: number;
  isRebuilt: boolean;
}

export interface Ahead {
  early: string | null;
  likely: string | null;
  late: string | null;
}

/** Where the parts of a drawing of 100 by 100 lie; the twin of the server's `insights/domain/charts.py`. */
export interface TimeChartPlan {
  line: string;
  under: string;
  rebuilt: string;
  today: { x: number; y: number };
  goalY: number;
  range: { x: number; width: number } | null;
  likelyX: number | null;
  levels: { at: number; value: number }[];
  months: { at: number; day: string }[];
}

const STEPS = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000];
const DAY = 86_400_000;
const at = (day: string) => Date.parse(`${day}T00:00:00Z`) / DAY;
const placed = (value: number) => Math.round(value * 100) / 100;

/** The smallest round number, a multiple of four, that is at least this. */
export function topOf(most: number): number {
  return 4 * (STEPS.find((step) => 4 * step >= most) ?? Math.ceil(most / 4));
}

export function planTimeChart(points: readonly TimePoint[], goal: number, ahead: Ahead): TimeChartPlan | null {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  const start = at(first.day);
  const today = at(last.day);
  const past = Math.max(today - start, 28);
  const inSight = [ahead.likely, ahead.late].flatMap((day) => (day && at(day) - today <= past ? [at(day)] : []));
  const end = Math.max(today, ...inSight);
  const days = Math.max(end - start, past);
  const top = topOf(Math.max(goal, ...points.map((point) => point.value)));
  const x = (day: number) => placed((100 * (day - start)) / days);
  const y = (value: number) => placed(100 - (100 * value) / top);
  const path = (chosen: readonly TimePoint[]) =>
    chosen.map(({ day, value }, index) => `${index ? 'L' : 'M'}${x(at(day))} ${y(value)}`).join('');
  const early = ahead.early && at(ahead.early) <= end ? at(ahead.early) : null;
  const until = Math.min(ahead.late ? at(ahead.late) : end, end);
  const line = path(points);
  return {
    line,
    under: `${line}L${x(today)} 100L0 100Z`,
    rebuilt: path(points.filter((point) => point.isRebuilt)),
    today: { x: x(today), y: y(last.value) },
    goalY: y(goal),
    range: early === null ? null : { x: x(early), width: Math.max(0.5, placed(x(until) - x(early))) },
    likelyX: ahead.likely && at(ahead.likely) <= end ? x(at(ahead.likely)) : null,
    levels: [0, 1, 2, 3, 4].map((step) => ({ at: y((top * step) / 4), value: (top * step) / 4 })),
    months: months(start, start + days).map((day) => ({ at: x(at(day)), day })),
  };
}

/** First days of months between two days, thinned to five; the first day itself where there is none. */
function months(start: number, end: number): string[] {
  const found: string[] = [];
  const from = new Date(start * DAY);
  for (let month = 1; ; month += 1) {
    const day = Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + month, 1);
    if (day / DAY > end) break;
    found.push(new Date(day).toISOString().slice(0, 10));
  }
  const step = Math.ceil(found.length / 5) || 1;
  return found.length ? found.filter((_, index) => index % step === 0) : [from.toISOString().slice(0, 10)];
}
