import type { TFunction } from 'i18next';
import type { Entry } from '@/api/outbox';
import type { Assignment, Met, Report, Stance } from '@/api/shapes';
import { stanceName } from '@/entities/stance/words';
import { day } from '@/lib/format';

/** A report as it waits to be sent; `read_version` is that of the report that was there when it was written, 0: none. */
export interface ReportBody {
  met: Met;
  met_on: string;
  stance: Stance | null;
  quote: string;
  failed: string;
  read_version: number;
}

export type ReportWords = Pick<Report, 'met' | 'met_on' | 'stance' | 'quote' | 'failed'>;

export const reportSubject = (assignment: string) => `report:${assignment}`;

/** The assignment that an entry reports of. */
export const assignmentOf = ({ subject }: Entry) => subject.slice(reportSubject('').length);

/** What was reported meanwhile, which the server said when it refused an entry. */
export function meanwhileOf({ refusal }: Entry): Report | undefined {
  return refusal?.body?.report as Report | undefined;
}

const dayAt = (instant: string | number, zone: string) =>
  new Date(instant).toLocaleDateString('sv-SE', { timeZone: zone });

/** The days of which a report can be, at the place, and the one that it most likely is of. */
export function reportDays({ action, area }: Assignment): { first: string; last: string; likely: string } {
  const last = dayAt(Date.now(), area.time_zone);
  const ended = dayAt(action.ends_at, area.time_zone);
  return {
    first: action.launched_at ? dayAt(action.launched_at, area.time_zone) : last,
    last,
    likely: ended < last ? ended : last,
  };
}

/** A report as lines that one reads, copies or sends: whom, when, where they stand, their words, what did not work. */
export function reportLines(report: ReportWords, t: TFunction): string[] {
  return [
    `${t(`common:met.${report.met}`)}, ${day(report.met_on)}`,
    report.stance === null ? '' : t(`common:stance.${stanceName(report.stance)}`),
    report.quote,
    report.failed,
  ].filter((line) => line !== '');
}
