import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SeatRow } from '@/api/shapes';
import { SeatBadge } from '@/entities/area/seat-badge';
import { Face } from '@/entities/person/face';
import { day } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { seatQuery } from './api';
import { CloseMap } from './close-map';
import { SeatTerm } from './seat-term';

interface Props {
  row: SeatRow;
  /** The card of who sits for this place. */
  officeHolder: ReactNode;
}

/** One seat: its state, who holds it, who sits for the place, and what can be done. */
export function SeatPanel({ row, officeHolder }: Props) {
  const { t } = useTranslation('organiser');
  const seat = useQuery(seatQuery(row.id));
  const ancestors = seat.data?.area.ancestors.map((area) => area.name).join(', ');
  const holder = seat.data?.holder;
  const terms = seat.data?.terms ?? [];
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
          {terms.map((term) => (
            <SeatTerm key={term.id} term={term} place={row.name} isShared={terms.length > 1} />
          ))}
          {terms.length === 0 && holder && (
            <div className="person">
              <Face name={holder.name || '?'} photo={holder.photo} isSmall />
              <div>
                <b>{holder.name || t('seat.unnamed')}</b>
                <p className="note">
                  <Raised text={t(`seat.${holder.kind}_since`, { day: day(holder.starts_at) })} />
                </p>
              </div>
            </div>
          )}
          {terms.length === 0 && !holder && <p className="muted">{t('seat.nobody')}</p>}
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
          {seat.data && seat.data.applications.length > 0 && (
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
        </div>
      </section>
    </div>
  );
}
