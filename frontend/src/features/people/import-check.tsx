import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ImportRow } from '@/api/shapes';
import { number } from '@/lib/format';
import { Pane } from '@/ui/pane';
import { Trouble } from '@/ui/trouble';
import { runImport } from './import-api';
import { ImportCounts } from './import-counts';
import { ImportDiscard } from './import-discard';
import { ImportPreview } from './import-preview';
import { ImportProgress } from './import-progress';

/** What would happen: counts of the whole file, reasons, the first twenty lines; then the one button that writes. */
export function ImportCheck({ row, onBack }: { row: ImportRow; onBack: () => void }) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const run = useMutation({
    mutationFn: runImport,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['imports'] }),
  });
  if (row.status === 'checking') {
    return (
      <Pane title={t('import.step_check')}>
        <div className="pane-body">
          <ImportProgress row={row} whole={row.lines} />
        </div>
      </Pane>
    );
  }
  const count = (row.counts.new ?? 0) + (row.counts.known ?? 0);
  return (
    <>
      <Pane title={t('import.would')}>
        <div className="pane-body">
          <ImportCounts row={row} />
          <p>
            {t('import.agreements_would', {
              count: row.counts.agreements ?? 0,
              shown: number(row.counts.agreements ?? 0),
            })}
          </p>
          {Boolean(row.counts.to_ask) && (
            <p>{t('import.would_wait', { count: row.counts.to_ask ?? 0, shown: number(row.counts.to_ask ?? 0) })}</p>
          )}
          {run.isError && <Trouble error={run.error} kept={t('import.nothing_yet')} />}
          <div className="buttons">
            <button
              type="button"
              className="button"
              disabled={run.isPending || count === 0}
              onClick={() => {
                run.mutate(row.id);
              }}
            >
              {t('import.run_do', { count, shown: number(count) })}
            </button>
            <button type="button" className="button line" onClick={onBack}>
              {t('import.back')}
            </button>
            <ImportDiscard row={row} />
          </div>
        </div>
      </Pane>
      <ImportPreview row={row} />
    </>
  );
}
