import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SeatToFillWhole, StandIn } from '@/api/shapes';
import { day } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { AskDialog } from './ask-dialog';
import { fillingQueries } from './filling-api';
import { useFarAway } from './use-far-away';

/** Relays of neighbouring seats who could stand in, next door first. */
export function FillingNeighbours({ seat }: { seat: SeatToFillWhole }) {
  const { t } = useTranslation('organiser');
  const list = useQuery(fillingQueries.neighbours(seat.id));
  const [asked, setAsked] = useState<StandIn>();
  const farAway = useFarAway();
  return (
    <section className="panel-section">
      <h3>{t('filling.neighbours')}</h3>
      <p className="note">{t('filling.neighbours_why')}</p>
      {list.isPending && <Skeleton lines={3} />}
      {list.isError && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.data && list.data.items.length === 0 && <p>{t('filling.neighbours_none')}</p>}
      <ul className="plain">
        {list.data?.items.map((one) => (
          <li key={one.id}>
            <b>{one.name}</b>{' '}
            <small>
              <Raised
                text={[one.place, one.is_next_door ? t('filling.next_door_word') : farAway(one.metres)]
                  .filter(Boolean)
                  .join(', ')}
              />
            </small>
            {one.last_asked_at && (
              <>
                <br />
                <small>
                  <Raised text={t('filling.last_asked', { day: day(one.last_asked_at) })} />
                </small>
              </>
            )}
            <br />
            {one.unasked ? (
              <small className="muted">{one.why}</small>
            ) : (
              <button
                type="button"
                className="button line"
                onClick={() => {
                  setAsked(one);
                }}
              >
                {t('filling.ask_stand_in', { name: one.name })}
              </button>
            )}
          </li>
        ))}
      </ul>
      {list.data && list.data.elsewhere > 0 && (
        <p className="note">{t('filling.elsewhere', { count: list.data.elsewhere })}</p>
      )}
      {asked && (
        <AskDialog
          seat={seat}
          kind="stand_in"
          people={[asked]}
          onClose={() => {
            setAsked(undefined);
          }}
        />
      )}
    </section>
  );
}
