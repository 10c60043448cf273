import axe from 'axe-core';
import { expect } from 'vitest';

/** What axe can see without a layout; colours and sizes are looked at in a real browser. */
export async function expectNoAxeFinding(element: Element): Promise<void> {
  const { violations } = await axe.run(element, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}
