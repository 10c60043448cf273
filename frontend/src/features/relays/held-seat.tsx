import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { OwnTerm } from '@/api/shapes';
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
  /** My own term there: whoever else answers for the place, it is mine that I leave. */
  term: OwnTerm;
  /** The card of whom I meet, where the network says it in its own word. */
  officeHolder: (office: string) => ReactNode;
}

/** The seat that I hold, as its relay or standing in: how it stands, whom I meet, and the way out, which costs nothing. */
export function HeldSeat({ term, officeHolder }: Props) {
  const { t } = useTranslation('member');
  const queries = useQueryClient();
  const { seat: id, name: place, kind } = term;
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
  const shown = seat.data?.terms.find((one) => one.id === term.id);
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
        <p>
          <Raised text={t(`seat.since_${kind}`, { day: day(term.starts_at) })} />
        </p>
        {seat.data && (
          <p>
            <a href={`/${document.documentElement.lang}/places/${seat.data.area.code}/`}>{t('seat.public')}</a>
          </p>
        )}
        {seat.data && (
          <p>
            <Link to={`/seat/people?area=${seat.data.area.id}`}>{t('here.go')}</Link>
          </p>
        )}
        {shown?.abilities.pause && <PauseForm term={shown} />}
        <p>
          <button
            type="button"
            className="button line"
            onClick={() => {
              setLeaving(true);
            }}
          >
            {t(`seat.leave_${kind}`)}
          </button>
        </p>
      </section>
      <section className="card" aria-labelledby={`whom-${id}`}>
        <h2 id={`whom-${id}`}>{t('brief.whom')}</h2>
        {officeHolder(network?.office ?? '')}
      </section>
      <Counterparts seat={id} place={place} />
      {isLeaving && (
        <Dialog
          title={t(`seat.leave_sure_${kind}`)}
          role="alertdialog"
          onClose={() => {
            setLeaving(false);
          }}
        >
          <p>{t(`seat.leave_what_${kind}`)}</p>
          {leave.isError && <Trouble error={leave.error} />}
          <div className="buttons">
            <button
              type="button"
              className="button line"
              onClick={() => {
                setLeaving(false);
              }}
            >
              {t(`seat.stay_${kind}`)}
            </button>
            <button
              type="button"
              className="button stop"
              disabled={leave.isPending}
              onClick={() => {
                leave.mutate(term.id);
              }}
            >
              {t(`seat.leave_${kind}`)}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
