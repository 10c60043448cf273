import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ImportRow } from '@/api/shapes';
import { Trouble } from '@/ui/trouble';
import { discardImport } from './import-api';

/** Throw a file away from which nobody was written. */
export function ImportDiscard({ row }: { row: ImportRow }) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const discard = useMutation({
    mutationFn: discardImport,
    onSuccess: async () => {
      await navigate('/desk/people/import', { replace: true });
      queries.removeQueries({ queryKey: ['imports', 'one', row.id] });
      await queries.invalidateQueries({ queryKey: ['imports', 'list'] });
    },
  });
  return (
    <>
      <button
        type="button"
        className="button bare"
        disabled={discard.isPending}
        onClick={() => {
          discard.mutate(row.id);
        }}
      >
        {t('import.discard')}
      </button>
      {discard.isError && <Trouble error={discard.error} />}
    </>
  );
}
