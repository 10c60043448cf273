import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SeatBadge } from '@/entities/area/seat-badge';
import { day } from '@/lib/format';
import { Dialog } from '@/ui/dialog';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { endTerm, networkQueries, seatQuery } from './api';
import { Counterparts } from './counterparts';
import { PauseForm } from './pause-form';

interface Props {
  /** The seat's own id, since a place may have a seat in several networks. */
  id: string;
  place: string;
  /** The card of whom I meet, where the network says it in its own word. */
  officeHolder: (office: string) => ReactNode;
}

/** The seat that I hold: how it stands, whom I meet, and the way out, which costs nothing. */
export function HeldSeat({ id, place, officeHolder }: Props) {
  const { t } = useTranslation('member');
  const queries = useQueryClient();
  const [isLeaving, setLeaving] = useState(false);
  const networks = useQuery(networkQueries.list);
  const seat = useQuery(seatQuery(id));
  const all = networks.data?.items ?? [];
  const network = all.find((one) => one.id === seat.data?.network);
  const leave = useMutation({
    mutationFn: endTerm,
    onSuccess: async () => {
      setLeaving(false);
      await queries.invalidateQueries();
    },
  });
  const termId = seat.data?.term_id;
  const error = networks.error ?? seat.error;
  return (
    <>
      <section className="card" aria-labelledby={`seat-${id}`}>
        <h2 id={`seat-${id}`}>
          <Raised text={place} />
        </h2>
        {error && <Trouble error={error} retry={() => void queries.invalidateQueries({ queryKey: ['relays'] })} />}
        {seat.isPending && <Skeleton lines={2} />}
        {all.length > 1 && network && <p className="muted">{network.name}</p>}
        {seat.data && <SeatBadge state={seat.data.state} />}
        {seat.data?.holder && (
          <p>
            <Raised text={t('seat.since', { day: day(seat.data.holder.starts_at) })} />
          </p>
        )}
        {seat.data && (
          <p>
            <a href={`/${document.documentElement.lang}/places/${seat.data.area.code}/`}>{t('seat.public')}</a>
          </p>
        )}
        {seat.data?.relay_term?.is_mine && <PauseForm term={seat.data.relay_term} abilities={seat.data.abilities} />}
        {seat.data?.abilities.end_term && termId && (
          <p>
            <button
              type="button"
              className="button line"
              onClick={() => {
                setLeaving(true);
              }}
            >
              {t('seat.leave')}
            </button>
          </p>
        )}
      </section>
      <section className="card" aria-labelledby={`whom-${id}`}>
        <h2 id={`whom-${id}`}>{t('brief.whom')}</h2>
        {officeHolder(network?.office ?? '')}
      </section>
      <Counterparts seat={id} place={place} />
      {isLeaving && termId && (
        <Dialog
          title={t('seat.leave_sure')}
          role="alertdialog"
          onClose={() => {
            setLeaving(false);
          }}
        >
          <p>{t('seat.leave_what')}</p>
          {leave.isError && <Trouble error={leave.error} />}
          <div className="buttons">
            <button
              type="button"
              className="button line"
              onClick={() => {
                setLeaving(false);
              }}
            >
              {t('seat.stay')}
            </button>
            <button
              type="button"
              className="button stop"
              disabled={leave.isPending}
              onClick={() => {
                leave.mutate(termId);
              }}
            >
              {t('seat.leave')}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
