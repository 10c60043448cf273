import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { SeatBadge } from '@/entities/area/seat-badge';
import { day } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { fillingQueries } from './filling-api';
import { FillingAsks } from './filling-asks';
import { FillingLooking } from './filling-looking';
import { FillingNeighbours } from './filling-neighbours';
import { FillingShare } from './filling-share';
import { FillingSteps } from './filling-steps';
import { FillingVolunteers } from './filling-volunteers';
import { FillingWork } from './filling-work';

/** One seat that looks for somebody: who waits for an answer, who could be asked, where to look, what to share. */
export function FillingPanel({ id }: { id: string }) {
  const { t } = useTranslation('organiser');
  const found = useQuery(fillingQueries.seat(id));
  if (found.isPending) {
    return (
      <div className="pane-body">
        <Skeleton lines={8} />
      </div>
    );
  }
  if (found.isError) {
    return (
      <div className="pane-body">
        <Trouble error={found.error} retry={() => void found.refetch()} />
      </div>
    );
  }
  const seat = found.data;
  return (
    <div className="pane-body">
      <h2 style={{ fontSize: 'var(--t-4)' }}>
        <Raised text={seat.name} />
      </h2>
      <p className="muted">
        <Raised text={[seat.group, seat.place_kind, seat.code].filter(Boolean).join(', ')} />
      </p>
      <p>
        <SeatBadge state={seat.state} />{' '}
        <small>
          <Raised text={t('filling.since', { day: day(seat.since) })} />
        </small>
      </p>
      {seat.state === 'applied' && (
        <p>
          <Link to="/desk/applications">{t('seat.see_applications')}</Link>
        </p>
      )}
      <FillingAsks asks={seat.asks} />
      <FillingWork seat={seat} />
      {seat.abilities.ask && (
        <>
          <FillingVolunteers seat={seat} />
          <FillingNeighbours seat={seat} />
        </>
      )}
      <FillingLooking seat={seat} />
      <FillingShare invitations={seat.invitations} />
      <FillingSteps seat={seat} />
    </div>
  );
}
