import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SeatRow } from '@/api/shapes';
import { SeatBadge } from '@/entities/area/seat-badge';
import { Face } from '@/entities/person/face';
import { day } from '@/lib/format';
import { Dialog } from '@/ui/dialog';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { endTerm, seatQuery } from './api';
import { CloseMap } from './close-map';
import { HandOverForm } from './hand-over-form';
import { PauseForm } from './pause-form';

interface Props {
  row: SeatRow;
  /** The card of who sits for this place. */
  officeHolder: ReactNode;
}

/** One seat: its state, who holds it, who sits for the place, and what can be done. */
export function SeatPanel({ row, officeHolder }: Props) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const seat = useQuery(seatQuery(row.id));
  const [isEnding, setEnding] = useState(false);
  const end = useMutation({
    mutationFn: endTerm,
    onSuccess: async () => {
      setEnding(false);
      await queries.invalidateQueries({ queryKey: ['relays'] });
    },
  });
  const ancestors = seat.data?.area.ancestors.map((area) => area.name).join(', ');
  const holder = seat.data?.holder;
  return (
    <div className="pane-body">
      <h2 style={{ fontSize: 'var(--t-4)' }}>
        <Raised text={row.name} />
      </h2>
      {ancestors && (
        <p className="muted">
          <Raised text={ancestors} />
        </p>
      )}
      <SeatBadge state={row.state} />
      {seat.isPending && <Skeleton lines={4} />}
      {seat.isError && <Trouble error={seat.error} retry={() => void seat.refetch()} />}
      {seat.data && (
        <section className="panel-section">
          <h3>{t('seat.holder')}</h3>
          {holder ? (
            <div className="person">
              <Face name={holder.name || '?'} photo={holder.photo} isSmall />
              <div>
                <b>{holder.name || t('seat.unnamed')}</b>
                <p className="note">
                  <Raised text={t(`seat.${holder.kind}_since`, { day: day(holder.starts_at) })} />
                </p>
                {holder.seen_at && (
                  <p className="note">
                    <Raised text={t('seat.seen', { day: day(holder.seen_at) })} />
                  </p>
                )}
              </div>
            </div>
          ) : (
            <p className="muted">{t('seat.nobody')}</p>
          )}
        </section>
      )}
      {seat.data?.relay_term && (seat.data.abilities.pause || seat.data.abilities.resume) && (
        <section className="panel-section">
          <h3>{t('seat.pause')}</h3>
          <PauseForm term={seat.data.relay_term} abilities={seat.data.abilities} />
        </section>
      )}
      {seat.data?.abilities.end_term && seat.data.term_id && (
        <section className="panel-section">
          <h3>{t('seat.hand_over')}</h3>
          <HandOverForm term={seat.data.term_id} isMine={false} />
        </section>
      )}
      <section className="panel-section">
        <h3>{t('seat.office_holder')}</h3>
        {officeHolder}
      </section>
      <section className="panel-section">
        <h3>{t('what_to_do')}</h3>
        <div className="deeds">
          {seat.data && <CloseMap place={seat.data.area} state={row.state} />}
          {row.state === 'applied' && (
            <Link className="button" to="/desk/applications">
              {t('seat.see_applications')}
            </Link>
          )}
          <a className="button line" href={`/${document.documentElement.lang}/places/${row.code}/`}>
            {t('seat.public_page')}
          </a>
          {seat.data?.abilities.see_applications && (
            <Link className="button line" to={`/seat/dossier?seat=${row.id}`}>
              {t('seat.dossier')}
            </Link>
          )}
          {seat.data?.abilities.end_term && seat.data.term_id && (
            <button
              type="button"
              className="button stop"
              onClick={() => {
                setEnding(true);
              }}
            >
              {t('seat.end')} <small>{t('seat.end_small')}</small>
            </button>
          )}
        </div>
      </section>
      {isEnding && holder && seat.data?.term_id && (
        <Dialog
          title={t('seat.end_title', { name: holder.name })}
          role="alertdialog"
          onClose={() => {
            setEnding(false);
          }}
        >
          <p>
            <Raised text={t('seat.end_why', { name: holder.name, place: row.name })} />
          </p>
          {end.isError && <Trouble error={end.error} />}
          <div className="buttons">
            <button
              type="button"
              className="button line"
              onClick={() => {
                setEnding(false);
              }}
            >
              {t('common:cancel')}
            </button>
            <button
              type="button"
              className="button stop"
              disabled={end.isPending}
              onClick={() => {
                end.mutate(seat.data.term_id ?? '');
              }}
            >
              {t('seat.end_do')}
            </button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
