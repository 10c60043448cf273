import type { PersonRow } from '@/api/shapes';

/** Who somebody is called, as much as I may read of it: the family name, or else its initial. */
export function nameOf(person: Pick<PersonRow, 'given_name' | 'family_name' | 'initial'>): string {
  return `${person.given_name} ${person.family_name ?? person.initial}`.trim();
}
