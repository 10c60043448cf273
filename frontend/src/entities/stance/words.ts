/** Where somebody stands on a subject, from against to for, by the names that the catalogues say. */
export const STANCES = ['against', 'rather_against', 'silent', 'rather_for', 'for'] as const;
export type StanceName = (typeof STANCES)[number];

export function stanceName(stance: number): StanceName {
  return STANCES[stance + 2] ?? 'silent';
}

export function stanceOf(name: StanceName): -2 | -1 | 0 | 1 | 2 {
  return (STANCES.indexOf(name) - 2) as -2 | -1 | 0 | 1 | 2;
}
