import type { TFunction } from 'i18next';
import type { BoardLine, Report } from '@/api/shapes';
import { stanceName } from '@/entities/stance/words';

/** A report of a line as one clause: "met in person, rather for", and that it was undone since. */
export function said(report: Report, { is_undone }: Pick<BoardLine, 'is_undone'>, t: TFunction): string {
  const met = t(`common:met.${report.met}`).toLocaleLowerCase();
  if (report.stance === null) return met;
  const stance = t(`common:stance.${stanceName(report.stance)}`);
  return `${met}, ${is_undone ? t('common:stance_undone', { stance }) : stance}`;
}

/** What last came in of a seat as one clause, without a name: a room reads it too. */
export function heardSaid(line: BoardLine, t: TFunction): string {
  if (line.report) return said(line.report, line, t);
  const turnedDown = !line.neighbour && (line.answer === 'declined' || line.answer === 'blocked');
  return t(turnedDown ? `board.${line.answer}` : `common:board.${line.state}`).toLocaleLowerCase();
}
