import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import { saveFile } from '@/lib/save-file';
import { Dialog } from '@/ui/dialog';
import { Field } from '@/ui/field';
import { Trouble } from '@/ui/trouble';

interface Props {
  word: string;
  className?: string;
  /** What the reader should know before they type why. */
  said: string;
  take: (reason: string) => Promise<Blob>;
  /** What the file is called on the reader's device. */
  name: string;
}

/** Take a file that names people away, once one typed why: everyone in it reads that. */
export function ReasonedFile({ word, className = 'button line', ...file }: Props) {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <button
        type="button"
        className={className}
        onClick={() => {
          setAsking(true);
        }}
      >
        {word}
      </button>
      {isAsking && (
        <Reason
          {...file}
          title={word}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </>
  );
}

function Reason({
  title,
  said,
  take,
  name,
  onClose,
}: Pick<Props, 'said' | 'take' | 'name'> & { title: string; onClose: () => void }) {
  const { t } = useTranslation('organiser');
  const [reason, setReason] = useState('');
  const taking = useMutation({
    mutationFn: take,
    onSuccess: (file) => {
      saveFile(file, name);
      onClose();
    },
  });
  const mistake = taking.isError ? asProblem(taking.error).fields.reason?.[0] : undefined;
  function submit(event: FormEvent) {
    event.preventDefault();
    taking.mutate(reason);
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="fields" onSubmit={submit}>
        <p>{said}</p>
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
        {taking.isError && !mistake && <Trouble error={taking.error} kept={t('people.export_nothing')} />}
        <div className="buttons">
          <button type="submit" className="button" disabled={taking.isPending}>
            {t('people.export_do')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
