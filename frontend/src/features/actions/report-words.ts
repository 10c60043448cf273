import type { TFunction } from 'i18next';
import type { Report } from '@/api/shapes';
import { stanceName } from '@/entities/stance/words';

/** A report as one clause: "met in person, rather for". */
export function said(report: Report, t: TFunction): string {
  const met = t(`common:met.${report.met}`).toLocaleLowerCase();
  return report.stance === null ? met : `${met}, ${t(`common:stance.${stanceName(report.stance)}`)}`;
}
