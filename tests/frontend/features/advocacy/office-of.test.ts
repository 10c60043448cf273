import { expect, it } from 'vitest';
import { officeOf } from '@/features/advocacy/office-of';

it.each([
  ['députée ou député', 'Mme', 'députée'],
  ['députée ou député', 'M.', 'député'],
  ['sénatrice ou sénateur', 'Mme', 'sénatrice'],
  ['sénateur ou sénatrice', 'Mme', 'sénatrice'],
  ['maire ou édile', 'M.', 'maire ou édile'],
  ['députée ou député', '', 'députée ou député'],
  ['member of parliament', 'Mme', 'member of parliament'],
  ['maire, ou qui la remplace', 'Mme', 'maire, ou qui la remplace'],
])('of %s and %s makes %s', (office, civility, said) => {
  expect(officeOf(office, civility)).toBe(said);
});
