import './report-photo.css';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ChangeEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { smallerPicture } from '@/lib/smaller-picture';
import { Trouble } from '@/ui/trouble';
import { removeReportPhoto } from './api';

interface SentProps {
  assignment: string;
  /** Path of the picture. */
  photo: string;
  onRemoved: () => Promise<unknown>;
}

/** The photo that came with a report, to whoever may read it, and out with one press. */
export function SentPhoto({ assignment, photo, onRemoved }: SentProps) {
  const { t } = useTranslation('common');
  const remove = useMutation({ mutationFn: removeReportPhoto, onSuccess: onRemoved });
  return (
    <div>
      <img className="report-photo" src={photo} alt={t('report_photo.alt')} />
      {remove.isError && <Trouble error={remove.error} />}
      <button
        type="button"
        className="button bare"
        disabled={remove.isPending}
        onClick={() => {
          remove.mutate(assignment);
        }}
      >
        {t('report_photo.remove')}
      </button>
    </div>
  );
}

interface Props {
  assignment: string;
  /** What came with the report before; empty: nothing. */
  sent: string;
  /** What was chosen here, in base64; empty: nothing. */
  chosen: string;
  onChoose: (photo: string) => void;
  error?: string | undefined;
}

/** A photo with the report, chosen or taken on this device: who sees it, and what it must not show without a yes. */
export function ReportPhoto({ assignment, sent, chosen, onChoose, error }: Props) {
  const { t } = useTranslation('common');
  const queries = useQueryClient();
  const id = useId();
  const [isTooMuch, setTooMuch] = useState(false);
  const wrong = isTooMuch ? t('report_photo.too_much') : error;

  async function choose(event: ChangeEvent<HTMLInputElement>) {
    const field = event.target;
    const file = field.files?.[0];
    if (!file) return;
    try {
      onChoose(await smallerPicture(file));
      setTooMuch(false);
    } catch {
      setTooMuch(true);
    }
    field.value = '';
  }
  return (
    <div className="field">
      <label htmlFor={id}>{t(sent || chosen ? 'report_photo.other' : 'report_photo.add')}</label>
      <p className="hint" id={`${id}-hint`}>
        {t('report_photo.why')}
      </p>
      <input
        className="input"
        id={id}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        aria-describedby={wrong ? `${id}-hint ${id}-error` : `${id}-hint`}
        aria-invalid={wrong ? true : undefined}
        onChange={(event) => void choose(event)}
      />
      {wrong && (
        <p className="error" id={`${id}-error`} role="alert">
          {wrong}
        </p>
      )}
      {chosen ? (
        <div>
          <img className="report-photo" src={`data:image/jpeg;base64,${chosen}`} alt={t('report_photo.alt_chosen')} />
          <button
            type="button"
            className="button bare"
            onClick={() => {
              onChoose('');
            }}
          >
            {t('report_photo.leave_out')}
          </button>
        </div>
      ) : (
        sent && (
          <SentPhoto
            assignment={assignment}
            photo={sent}
            onRemoved={() => queries.invalidateQueries({ queryKey: ['actions', 'assignments'] })}
          />
        )
      )}
    </div>
  );
}
