import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import { saveFile } from '@/lib/save-file';
import { Dialog } from '@/ui/dialog';
import { Field } from '@/ui/field';
import { Trouble } from '@/ui/trouble';
import { type SpanAsked, takeTable } from './api';

interface Props {
  network: string;
  table: 'organisers' | 'relays';
  span: SpanAsked;
}

/** Take a table that names people away, once one typed why: everyone in it reads that. */
export function TableExport({ network, table, span }: Props) {
  const { t } = useTranslation('organiser');
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const take = useMutation({
    mutationFn: takeTable,
    onSuccess: (file) => {
      saveFile(file, `${table}.csv`);
      setAsking(false);
    },
  });
  const mistake = take.isError ? asProblem(take.error).fields.reason?.[0] : undefined;
  function submit(event: FormEvent) {
    event.preventDefault();
    take.mutate({ network, table, span, reason });
  }
  return (
    <>
      <button
        type="button"
        className="button bare"
        onClick={() => {
          setAsking(true);
        }}
      >
        {t('insights.file')}
      </button>
      {isAsking && (
        <Dialog
          title={t('insights.file')}
          onClose={() => {
            setAsking(false);
          }}
        >
          <form className="fields" onSubmit={submit}>
            <p>{t('insights.file_why')}</p>
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
      )}
    </>
  );
}
