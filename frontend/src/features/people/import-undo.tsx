import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportRow } from '@/api/shapes';
import { day, number } from '@/lib/format';
import { Dialog } from '@/ui/dialog';
import { Trouble } from '@/ui/trouble';
import { undoImport } from './import-api';

/** Take an import back: says what goes, what stays, and asks once. */
export function ImportUndo({ row }: { row: ImportRow }) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const undo = useMutation({
    mutationFn: undoImport,
    onSuccess: async () => {
      setAsking(false);
      await queries.invalidateQueries({ queryKey: ['imports'] });
    },
  });
  const { created = 0, filled = 0 } = row.counts;
  const close = () => {
    setAsking(false);
  };
  return (
    <>
      <button
        type="button"
        className="button line"
        onClick={() => {
          setAsking(true);
        }}
      >
        {t('import.undo')}
      </button>
      {isAsking && (
        <Dialog title={t('import.undo_sure')} role="alertdialog" onClose={close}>
          <p>{t('import.undo_what', { count: created, shown: number(created) })}</p>
          {filled > 0 && <p>{t('import.undo_filled', { count: filled, shown: number(filled) })}</p>}
          <p>{t('import.undo_stays')}</p>
          <p className="muted">{t('import.undo_until', { day: day(row.kept_until) })}</p>
          {undo.isError && <Trouble error={undo.error} />}
          <div className="buttons">
            <button type="button" className="button line" onClick={close}>
              {t('import.undo_not')}
            </button>
            <button
              type="button"
              className="button stop"
              disabled={undo.isPending}
              onClick={() => {
                undo.mutate(row.id);
              }}
            >
              {t('import.undo_do')}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
