import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/ui/dialog';
import { Field } from '@/ui/field';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';

interface Props {
  seats: number;
  messages: number;
  /** When it leaves, said by the clock of the network's country; null: at once. */
  hour: { at: string; town: string } | null;
  isPending: boolean;
  error: unknown;
  onLaunch: () => void;
  onClose: () => void;
}

/** The launch asks for the number of places: nothing leaves by a slip of the hand. */
export function LaunchDialog({ seats, messages, hour, isPending, error, onLaunch, onClose }: Props) {
  const { t } = useTranslation('organiser');
  const [typed, setTyped] = useState('');
  return (
    <Dialog title={t('launch.sure', { count: seats })} role="alertdialog" onClose={onClose}>
      <p>
        <Raised
          text={hour ? t('launch.what_later', { count: messages, ...hour }) : t('launch.what', { count: messages })}
        />
      </p>
      <form
        className="fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          // React bubbles through the dialog's portal: the editor's own form must not hear this.
          event.stopPropagation();
          if (typed.trim() === String(seats)) onLaunch();
        }}
      >
        <Field
          label={t('launch.type', { number: seats })}
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
          }}
          error={
            typed && !String(seats).startsWith(typed.trim()) ? t('launch.other_number', { number: seats }) : undefined
          }
        />
        {Boolean(error) && <Trouble error={error} kept={t('launch.nothing_sent')} />}
        <div className="buttons">
          <button type="submit" className="button" disabled={typed.trim() !== String(seats) || isPending}>
            {t('launch.do', { count: seats })}
          </button>
          <button type="button" className="button line" onClick={onClose}>
            {t('common:cancel')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
