import { expect, it } from 'vitest';
import { nextCell } from '@/map/next-cell';

const spots = [
  { code: 'here', x: 50, y: 50 },
  { code: 'near east', x: 60, y: 52 },
  { code: 'far east', x: 90, y: 50 },
  { code: 'north', x: 52, y: 20 },
  { code: 'south west', x: 20, y: 95 },
];

it('goes to the nearest cell ahead, and stays where nothing is', () => {
  expect(nextCell(spots, 'here', 'ArrowRight')).toBe('near east');
  expect(nextCell(spots, 'near east', 'ArrowRight')).toBe('far east');
  expect(nextCell(spots, 'here', 'ArrowUp')).toBe('north');
  expect(nextCell(spots, 'here', 'ArrowDown')).toBe('south west');
  expect(nextCell(spots, 'far east', 'ArrowRight')).toBeNull();
  expect(nextCell(spots, 'unknown', 'ArrowRight')).toBeNull();
});
