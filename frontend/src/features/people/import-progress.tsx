import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ImportRow } from '@/api/shapes';
import { number, percent } from '@/lib/format';
import { Ticks } from '@/ui/ticks';
import { Trouble } from '@/ui/trouble';
import { stopImport, undoImport } from './import-api';

/** How far a job is, and the button that stops it; where the server gave it up, that, and the way on. */
export function ImportProgress({ row, whole }: { row: ImportRow; whole: number }) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const stop = useMutation({
    mutationFn: stopImport,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['imports'] }),
  });
  const again = useMutation({
    mutationFn: undoImport,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['imports'] }),
  });
  const done = Math.min(row.done, whole);
  const share = percent(done, whole);
  return (
    <div className="import-progress">
      <p role="status">
        {t(`import.status_${row.status}`)}: {t('import.so_far', { done: number(done), whole: number(whole), share })}
      </p>
      <Ticks done={whole ? done / whole : 0} label={share} weight="thick" />
      {row.has_failed ? (
        <p className="notice" role="alert">
          {t(row.status === 'undoing' ? 'import.undo_failed' : 'import.work_failed')}
        </p>
      ) : (
        <p className="hint">{t('import.go_away')}</p>
      )}
      {(stop.isError || again.isError) && <Trouble error={stop.error ?? again.error} />}
      {row.status === 'undoing' && row.has_failed && (
        <div className="buttons">
          <button
            type="button"
            className="button"
            disabled={again.isPending}
            onClick={() => {
              again.mutate(row.id);
            }}
          >
            {t('import.undo_again')}
          </button>
        </div>
      )}
      {row.status !== 'undoing' && (
        <div className="buttons">
          <button
            type="button"
            className="button line"
            disabled={stop.isPending}
            onClick={() => {
              stop.mutate(row.id);
            }}
          >
            {t('import.stop')}
          </button>
        </div>
      )}
    </div>
  );
}
