import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Wording } from '@/api/shapes';
import { Dialog } from '@/ui/dialog';
import { Trouble } from '@/ui/trouble';
import { retireWording, wordingsQuery } from './wordings-api';

interface Props {
  /** The organisation's own words in force. */
  version: Wording['versions'][number];
  wording: Wording;
}

/** Let forms show the software's words again, which are read before it is done. */
export function WordingRetire({ version, wording }: Props) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const [isAsked, setAsked] = useState(false);
  const retire = useMutation({
    mutationFn: () => retireWording(version.id),
    onSuccess: (wordings) => {
      setAsked(false);
      queries.setQueryData(wordingsQuery.queryKey, wordings);
    },
  });
  const close = () => {
    setAsked(false);
  };
  return (
    <>
      <button
        type="button"
        className="button bare"
        onClick={() => {
          retire.reset();
          setAsked(true);
        }}
      >
        {t('wordings.retire')}
      </button>
      {isAsked && (
        <Dialog title={t('wordings.retire_sure')} role="alertdialog" onClose={close}>
          <p>{t('wordings.retire_what')}</p>
          <blockquote className="wording">{wording.software.text}</blockquote>
          {retire.isError && <Trouble error={retire.error} kept={t('charter.unchanged')} />}
          <div className="buttons">
            <button
              type="button"
              className="button"
              disabled={retire.isPending}
              onClick={() => {
                retire.mutate();
              }}
            >
              {t('wordings.retire')}
            </button>
            <button type="button" className="button line" onClick={close}>
              {t('common:cancel')}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
