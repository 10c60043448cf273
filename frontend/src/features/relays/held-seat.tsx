import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Place } from '@/api/shapes';
import { SeatBadge } from '@/entities/area/seat-badge';
import { day } from '@/lib/format';
import { Dialog } from '@/ui/dialog';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { endTerm, networkQueries, seatQuery } from './api';
import { Counterparts } from './counterparts';
import { PauseForm } from './pause-form';

/** The seat that I hold: how it stands, whom I meet, and the way out, which costs nothing. */
export function HeldSeat({ area, officeHolder }: { area: Pick<Place, 'code' | 'name'>; officeHolder: ReactNode }) {
  const { t } = useTranslation('member');
  const queries = useQueryClient();
  const [isLeaving, setLeaving] = useState(false);
  const networks = useQuery(networkQueries.list);
  const network = networks.data?.items[0]?.id;
  const seats = useQuery({ ...networkQueries.seats(network ?? ''), enabled: Boolean(network) });
  const row = seats.data?.items.find((one) => one.code === area.code);
  const seat = useQuery({ ...seatQuery(row?.id ?? ''), enabled: Boolean(row) });
  const leave = useMutation({
    mutationFn: endTerm,
    onSuccess: async () => {
      setLeaving(false);
      await queries.invalidateQueries();
    },
  });
  const termId = seat.data?.term_id;
  const error = networks.error ?? seats.error ?? seat.error;
  return (
    <>
      <section className="card" aria-labelledby={`seat-${area.code}`}>
        <h2 id={`seat-${area.code}`}>
          <Raised text={area.name} />
        </h2>
        {error && <Trouble error={error} retry={() => void queries.invalidateQueries({ queryKey: ['relays'] })} />}
        {!row && !error && <Skeleton lines={2} />}
        {row && <SeatBadge state={row.state} />}
        {seat.data?.holder && (
          <p>
            <Raised text={t('seat.since', { day: day(seat.data.holder.starts_at) })} />
          </p>
        )}
        <p>
          <a href={`/${document.documentElement.lang}/places/${area.code}/`}>{t('seat.public')}</a>
        </p>
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
      <section className="card" aria-labelledby={`whom-${area.code}`}>
        <h2 id={`whom-${area.code}`}>{t('brief.whom')}</h2>
        {officeHolder}
      </section>
      {row && <Counterparts seat={row.id} place={area.name} />}
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
