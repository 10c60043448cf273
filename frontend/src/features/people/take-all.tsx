import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { saveFile } from '@/lib/save-file';
import { Trouble } from '@/ui/trouble';
import { exportMe } from './own-api';

/** Take away all that is kept of me, as a file. */
export function TakeAll() {
  const { t } = useTranslation('member');
  const take = useMutation({
    mutationFn: exportMe,
    onSuccess: (file) => {
      saveFile(file, 'maillage.json');
    },
  });
  return (
    <>
      <p>
        <button
          type="button"
          className="button line"
          disabled={take.isPending}
          onClick={() => {
            take.mutate();
          }}
        >
          {t('own.take')}
        </button>
      </p>
      {take.isError && <Trouble error={take.error} />}
      <p className="note">{t('own.take_why')}</p>
    </>
  );
}
