import { describe, expect, it } from 'vitest';
import { planTimeChart, type TimePoint, topOf } from '@/lib/time-chart';

const nothing = { early: null, likely: null, late: null };

function days(count: number, value: (index: number) => number): TimePoint[] {
  return Array.from({ length: count }, (_, index) => ({
    day: new Date(Date.UTC(2026, 7, 1 + index)).toISOString().slice(0, 10),
    value: value(index),
    isRebuilt: index < 10,
  }));
}

describe('where the parts of a drawing over time lie', () => {
  it('ends at today where nothing is foretold', () => {
    const plan = planTimeChart(
      days(101, (index) => index),
      90,
      nothing,
    );
    expect(plan?.today).toEqual({ x: 100, y: 0 });
    expect(plan?.goalY).toBe(10);
    expect(plan?.line.startsWith('M0 100L1 99')).toBe(true);
    expect(plan?.rebuilt.match(/[ML]/g)).toHaveLength(10);
    expect(plan?.levels.map(({ value }) => value)).toEqual([0, 25, 50, 75, 100]);
  });

  it('reaches to the end of the range where that is in sight, and not beyond', () => {
    const past = days(100, () => 10);
    const near = planTimeChart(past, 20, { early: '2026-12-01', likely: '2026-12-15', late: '2027-01-10' });
    expect(near?.range?.x).toBeLessThan(near?.likelyX ?? 0);
    expect(near?.today.x).toBeLessThan(near?.range?.x ?? 0);
    const far = planTimeChart(past, 20, { early: '2028-12-01', likely: '2029-12-15', late: null });
    expect([far?.range, far?.likelyX, far?.today.x]).toEqual([null, null, 100]);
  });

  it('draws nothing of nothing, and always a round top', () => {
    expect(planTimeChart([], 10, nothing)).toBeNull();
    expect([0, 4, 5, 193, 577].map(topOf)).toEqual([4, 4, 8, 200, 800]);
  });
});
