/** Where seats stand in a half circle of radius 1 above its middle, from left to right; and how large one may be drawn. */
export interface Hemicycle {
  places: readonly { x: number; y: number; angle: number }[];
  radius: number;
}

const INNER = 0.42;
/** So that the seats of 577 are as far apart along a row as rows are from each other. */
const SEATS_OF_A_ROW = 3.9;

export function hemicycle(count: number): Hemicycle {
  const rows = Math.max(1, Math.round(Math.sqrt(count / SEATS_OF_A_ROW)));
  const radii = Array.from({ length: rows }, (_, row) => (rows === 1 ? 1 : INNER + ((1 - INNER) * row) / (rows - 1)));
  const whole = radii.reduce((sum, radius) => sum + radius, 0);
  // Each row its share, rounded along the way, so that all of them are as many as there are.
  let given = 0;
  let due = 0;
  const places = radii.flatMap((radius) => {
    due += (count * radius) / whole;
    const own = Math.round(due) - given;
    given += own;
    return Array.from({ length: own }, (_, seat) => {
      const angle = own === 1 ? Math.PI / 2 : Math.PI - (Math.PI * seat) / (own - 1);
      return { x: radius * Math.cos(angle), y: -radius * Math.sin(angle), angle };
    });
  });
  const gap = rows === 1 ? Math.PI / Math.max(count, 4) : (1 - INNER) / (rows - 1);
  return { places: places.sort((a, b) => b.angle - a.angle || a.x - b.x), radius: Math.min(gap * 0.38, 0.08) };
}
