import { useTranslation } from 'react-i18next';
import type { BoardStep } from '@/api/shapes';
import { useNow } from '@/lib/use-now';
import { UndoToast } from '@/ui/undo-toast';
import { hourOf, stepSaid } from './step-words';
import type { BoardSteps } from './use-board-steps';

const TEN_MINUTES = 600;

/** How long the toast offers to undo: until the first mail leaves, ten minutes at most. */
function secondsFor(step: BoardStep): number {
  const left = step.undo_until ? (Date.parse(step.undo_until) - Date.parse(step.at)) / 1000 : TEN_MINUTES;
  return Math.max(1, Math.min(TEN_MINUTES, Math.floor(left)));
}

/** What was just done from the board, until when it can be undone. */
export function StepToast({ steps }: { steps: BoardSteps }) {
  const { t } = useTranslation('organiser');
  const now = useNow();
  const step = steps.last;
  if (!step) return null;
  const said = stepSaid(step, t);
  return (
    <UndoToast
      key={step.id}
      text={step.undo_until ? t('steps.toast_until', { said, at: hourOf(step.undo_until, now) }) : said}
      seconds={secondsFor(step)}
      onUndo={() => {
        steps.undoing.mutate(step.id);
      }}
      onDone={steps.forget}
    />
  );
}
