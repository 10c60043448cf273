import { expect, it } from 'vitest';
import { vault } from '@/lib/vault';

it('opens what was locked first when two things were written at once on a new device', async () => {
  await vault.clear();
  await Promise.all([vault.put('a', { words: 'first' }), vault.put('b', { words: 'second' })]);
  expect(await vault.get('a')).toEqual({ words: 'first' });
  expect(await vault.get('b')).toEqual({ words: 'second' });
});

it('keeps the last of many writings, in the order in which they were typed', async () => {
  const sentence = 'Half a sentence';
  for (let length = 1; length <= sentence.length; length++) void vault.put('draft', sentence.slice(0, length));
  expect(await vault.get('draft')).toBe(sentence);
});
