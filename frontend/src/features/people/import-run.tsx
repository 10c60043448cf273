import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ImportRow } from '@/api/shapes';
import { number } from '@/lib/format';
import { Pane } from '@/ui/pane';
import { Trouble } from '@/ui/trouble';
import { runImport } from './import-api';
import { ImportProgress } from './import-progress';
import { ImportUndo } from './import-undo';

/** People are being written; or that was stopped, and can be gone on with or undone. */
export function ImportRun({ row }: { row: ImportRow }) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const run = useMutation({
    mutationFn: runImport,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['imports'] }),
  });
  return (
    <Pane title={t('import.step_run')}>
      <div className="pane-body">
        {row.status === 'running' ? (
          <ImportProgress row={row} whole={row.lines} />
        ) : (
          <>
            <p role="status">
              {t('import.stopped_at', { count: row.counts.created ?? 0, shown: number(row.counts.created ?? 0) })}
            </p>
            {run.isError && <Trouble error={run.error} />}
            <div className="buttons">
              <button
                type="button"
                className="button"
                disabled={run.isPending}
                onClick={() => {
                  run.mutate(row.id);
                }}
              >
                {t('import.go_on')}
              </button>
              {row.can_be_undone && <ImportUndo row={row} />}
            </div>
          </>
        )}
      </div>
    </Pane>
  );
}
