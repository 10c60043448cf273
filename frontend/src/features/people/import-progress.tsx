import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ImportRow } from '@/api/shapes';
import { number, percent } from '@/lib/format';
import { Ticks } from '@/ui/ticks';
import { Trouble } from '@/ui/trouble';
import { stopImport } from './import-api';

/** How far a job is, and the button that stops it. */
export function ImportProgress({ row, whole }: { row: ImportRow; whole: number }) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const stop = useMutation({
    mutationFn: stopImport,
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
      <p className="hint">{t('import.go_away')}</p>
      {stop.isError && <Trouble error={stop.error} />}
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
