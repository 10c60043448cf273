import type { TFunction } from 'i18next';
import type { Report } from '@/api/shapes';

/** A report as one clause: "met in person, rather for". */
export function said(report: Report, t: TFunction): string {
  const met = t(`common:met.${report.met}`).toLocaleLowerCase();
  return report.stance === null ? met : `${met}, ${t(`common:stance.${stanceName(report.stance)}`)}`;
}

export const STANCES = ['against', 'rather_against', 'silent', 'rather_for', 'for'] as const;
export type StanceName = (typeof STANCES)[number];

export function stanceName(stance: number): StanceName {
  return STANCES[stance + 2] ?? 'silent';
}

export function stanceOf(name: StanceName): -2 | -1 | 0 | 1 | 2 {
  return (STANCES.indexOf(name) - 2) as -2 | -1 | 0 | 1 | 2;
}
