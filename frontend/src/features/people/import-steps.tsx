import { useTranslation } from 'react-i18next';
import type { ImportRow } from '@/api/shapes';

export const STEPS = ['file', 'columns', 'check', 'run', 'result'] as const;
export type Step = (typeof STEPS)[number];

const atStatus: Record<ImportRow['status'], Step> = {
  uploaded: 'columns',
  checking: 'check',
  checked: 'check',
  running: 'run',
  stopped: 'run',
  done: 'result',
  undoing: 'result',
  undone: 'result',
};

/** Where an import stands, unless one goes back to its columns while nothing is written. */
export function stepOf(row: ImportRow, asked: string): Step {
  return row.status === 'checked' && asked === 'columns' ? 'columns' : atStatus[row.status];
}

/** The five steps, the present one said. */
export function ImportSteps({ step }: { step: Step }) {
  const { t } = useTranslation('organiser');
  return (
    <ol className="steps" aria-label={t('import.steps')}>
      {STEPS.map((name) => (
        <li key={name} aria-current={name === step ? 'step' : undefined}>
          {t(`import.step_${name}`)}
        </li>
      ))}
    </ol>
  );
}
