import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Organisation } from '@/api/shapes';
import { Dialog } from '@/ui/dialog';
import { Trouble } from '@/ui/trouble';
import { closeToPublic, openToPublic, organisationQuery } from './organisation-api';

/** The door: opened once the legal notice is whole and every condition is met, closed again after asking. */
export function OrganisationOpening({ house }: { house: Organisation }) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const turn = useMutation({
    mutationFn: () => (house.opened_at ? closeToPublic() : openToPublic()),
    onSuccess: (turned) => {
      setAsking(false);
      queries.setQueryData(organisationQuery.queryKey, turned);
    },
  });
  const isReady = house.is_described && house.missing.length === 0 && house.conditions.every((each) => each.is_met);
  return (
    <>
      {house.opened_at ? (
        <button
          type="button"
          className="button line"
          onClick={() => {
            setAsking(true);
          }}
        >
          {t('settings.close')}
        </button>
      ) : (
        <button
          type="button"
          className="button"
          disabled={!isReady || turn.isPending}
          onClick={() => {
            turn.mutate();
          }}
        >
          {t('settings.open')}
        </button>
      )}
      {turn.isError && !isAsking && <Trouble error={turn.error} />}
      {isAsking && (
        <Dialog
          title={t('settings.close_sure')}
          role="alertdialog"
          onClose={() => {
            setAsking(false);
          }}
        >
          <p>{t('settings.close_why')}</p>
          {turn.isError && <Trouble error={turn.error} />}
          <div className="buttons">
            <button
              type="button"
              className="button line"
              onClick={() => {
                setAsking(false);
              }}
            >
              {t('common:cancel')}
            </button>
            <button
              type="button"
              className="button stop"
              disabled={turn.isPending}
              onClick={() => {
                turn.mutate();
              }}
            >
              {t('settings.close')}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
