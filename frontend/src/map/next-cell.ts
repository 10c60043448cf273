export interface Spot {
  code: string;
  x: number;
  y: number;
}

const directions: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The cell that an arrow key goes to: near, and more ahead than aside. */
export function nextCell(spots: readonly Spot[], from: string, key: string): string | null {
  const here = spots.find((spot) => spot.code === from);
  const direction = directions[key];
  if (!here || !direction) return null;
  let best: { code: string; cost: number } | null = null;
  for (const spot of spots) {
    const dx = spot.x - here.x;
    const dy = spot.y - here.y;
    const ahead = dx * direction[0] + dy * direction[1];
    const aside = Math.abs(dx * direction[1] + dy * direction[0]);
    if (spot.code === from || ahead <= 0.5 || aside > ahead * 2) continue;
    const cost = ahead + aside * 2;
    if (!best || cost < best.cost) best = { code: spot.code, cost };
  }
  return best?.code ?? null;
}
