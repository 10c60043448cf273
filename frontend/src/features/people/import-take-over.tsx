import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ImportRow } from '@/api/shapes';
import { Trouble } from '@/ui/trouble';
import { takeOverImport } from './import-api';

/** Become the organiser of an import that somebody left who no longer organises its places: to see what it did, and to undo it. */
export function ImportTakeOver({ row }: { row: ImportRow }) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const take = useMutation({
    mutationFn: takeOverImport,
    onSettled: () => queries.invalidateQueries({ queryKey: ['imports'] }),
  });
  return (
    <>
      <button
        type="button"
        className="button line"
        disabled={take.isPending}
        onClick={() => {
          take.mutate(row.id);
        }}
      >
        {t('import.take_over')}
      </button>
      {take.isError && <Trouble error={take.error} />}
    </>
  );
}
