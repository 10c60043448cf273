import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Choices } from '@/ui/choices';
import { Dialog } from '@/ui/dialog';
import { Trouble } from '@/ui/trouble';
import { RELAY_CONTACT, stopAsSaid } from './stop-api';

interface Props {
  person: string;
  /** That the data-protection officer typed about this person. */
  reason?: string;
  onDone?: () => void;
}

/** Somebody said, in person or by telephone, that they want no more: it is written down for them. */
export function StopSaid({ person, reason, onDone }: Props) {
  const { t } = useTranslation('member');
  const queries = useQueryClient();
  const [isAsked, setAsked] = useState(false);
  const [what, setWhat] = useState<'relay' | 'everything' | ''>('');
  const stop = useMutation({
    mutationFn: () => stopAsSaid({ person, purpose: what === 'relay' ? RELAY_CONTACT : '', reason: reason ?? null }),
    onSuccess: async () => {
      setAsked(false);
      onDone?.();
      await queries.invalidateQueries({ queryKey: ['people'] });
    },
  });
  const close = () => {
    setAsked(false);
  };
  return (
    <>
      <button
        type="button"
        className="button line"
        onClick={() => {
          stop.reset();
          setWhat('');
          setAsked(true);
        }}
      >
        {t('stop_said.open')}
      </button>
      {stop.isSuccess && (
        <p role="status" className="note">
          {t(stop.data.changed > 0 ? 'stop_said.done' : 'stop_said.none')}
        </p>
      )}
      {isAsked && (
        <Dialog title={t('stop_said.title')} role="alertdialog" onClose={close}>
          <form
            className="fields"
            onSubmit={(event) => {
              event.preventDefault();
              if (what) stop.mutate();
            }}
          >
            <Choices
              legend={t('stop_said.what')}
              options={[
                { value: 'relay', label: t('stop_said.relay') },
                { value: 'everything', label: t('stop_said.everything') },
              ]}
              value={what}
              onChange={setWhat}
            />
            <p className="muted">{t('stop_said.why')}</p>
            {stop.isError && <Trouble error={stop.error} />}
            <div className="buttons">
              <button type="submit" className="button" disabled={!what || stop.isPending}>
                {t('stop_said.do')}
              </button>
              <button type="button" className="button line" onClick={close}>
                {t('common:cancel')}
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  );
}
