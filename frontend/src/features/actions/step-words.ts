import type { TFunction } from 'i18next';
import type { BoardLine, BoardStep, Happened, StepPreview } from '@/api/shapes';
import { instant, isSameDay, number, time } from '@/lib/format';

/** "12 h 10" today, "mardi 1er décembre, 8 h" on another day. */
export function hourOf(iso: string, now: number): string {
  return isSameDay(iso, new Date(now).toISOString()) ? time(iso) : instant(iso);
}

/** What a relaunch would do, sentence by sentence: who is reminded, how, when, and who is not. */
export function relaunchSaid(preview: StepPreview, now: number, t: TFunction): string[] {
  const said = [t('steps.reminded', { count: preview.number })];
  if (preview.by_hand > 0) said.push(t('steps.by_hand', { count: preview.by_hand }));
  if (preview.leaves_at) said.push(t('steps.leaves', { at: hourOf(preview.leaves_at, now) }));
  if (preview.in_the_morning > 0 && preview.in_the_morning < preview.number)
    said.push(t('steps.in_the_morning', { count: preview.in_the_morning }));
  if (preview.to_call > 0) said.push(t('steps.to_call', { count: preview.to_call }));
  if (preview.unreached > 0) said.push(t('steps.unreached', { count: preview.unreached }));
  if (preview.paused > 0) said.push(t('steps.paused', { count: preview.paused }));
  if (preview.passed_over > 0) said.push(t('steps.passed_over', { count: preview.passed_over }));
  return said;
}

/** What was done, in one clause: "34 reminders", "Nord 1re: Bruno Teyssier asked". */
export function stepSaid(step: BoardStep, t: TFunction): string {
  const words = {
    count: step.number,
    shown: number(step.number),
    place: step.place,
    name: step.neighbour || t('history.somebody'),
  };
  if (step.kind === 'hand_over') return t(step.is_by_rule ? 'steps.said_rule' : 'steps.said_hand_over', words);
  return t(step.place ? `steps.said_${step.kind}_here` : `steps.said_${step.kind}_many`, words);
}

export function happenedSaid(one: Happened, t: TFunction): string {
  return t(`history.${one.what}`, { number: one.number ?? 0, name: one.who || t('history.somebody') });
}

/** Reminded twice, and nothing came: a human calls. */
export function isToCall(line: BoardLine, now: number): boolean {
  const isWaiting = line.state === 'late' || line.state === 'no_answer';
  return isWaiting && line.reminded >= 2 && !(line.excused_until && Date.parse(line.excused_until) > now);
}
