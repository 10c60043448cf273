import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import { saveFile } from '@/lib/save-file';
import { Dialog } from '@/ui/dialog';
import { Field } from '@/ui/field';
import { Trouble } from '@/ui/trouble';
import { exportPeople } from './api';

/** Take the list away as a file, once one typed why: everyone on it reads that. */
export function PeopleExport({ filters, onClose }: { filters: Record<string, string>; onClose: () => void }) {
  const { t } = useTranslation('organiser');
  const [reason, setReason] = useState('');
  const take = useMutation({
    mutationFn: exportPeople,
    onSuccess: (file) => {
      saveFile(file, 'people.csv');
      onClose();
    },
  });
  const mistake = take.isError ? asProblem(take.error).fields.reason?.[0] : undefined;
  function submit(event: FormEvent) {
    event.preventDefault();
    take.mutate({ reason, filters });
  }
  return (
    <Dialog title={t('people.export')} onClose={onClose}>
      <form className="fields" onSubmit={submit}>
        <p>{t('people.export_why')}</p>
        <Field
          label={t('people.export_reason')}
          rows={3}
          required
          maxLength={500}
          value={reason}
          error={mistake}
          onChange={(event) => {
            setReason(event.target.value);
          }}
        />
        {take.isError && !mistake && <Trouble error={take.error} kept={t('people.export_nothing')} />}
        <div className="buttons">
          <button type="submit" className="button" disabled={take.isPending}>
            {t('people.export_do')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
