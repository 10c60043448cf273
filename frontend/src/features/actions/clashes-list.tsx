import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Action, CalendarWindow } from '@/api/shapes';
import { dated } from '@/lib/format';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { actionQueries } from './api';
import { SeatsNamed } from './seats-named';

const spanOf = ({ starts_on, ends_on }: Pick<CalendarWindow, 'starts_on' | 'ends_on'>) =>
  starts_on === ends_on ? dated(starts_on) : `${dated(starts_on)} – ${dated(ends_on)}`;

/** In the dry run: for how many seats the action meets taken days, another action, or the gate; each with its seats by name. */
export function ClashesList({ action }: { action: Action }) {
  const { t } = useTranslation('organiser');
  const found = useQuery(actionQueries.clashes(action.id));
  if (found.isPending) return <Skeleton lines={3} />;
  if (found.isError) return <Trouble error={found.error} retry={() => void found.refetch()} />;
  const { days, actions, refused, silent } = found.data;
  return (
    <section className="stacked" aria-labelledby="clashes">
      <h3 id="clashes">{t('clashes.title')}</h3>
      {silent.length > 0 && (
        <div className="notice is-bad">
          <p>{t('clashes.silent', { count: silent.length })}</p>
          <SeatsNamed action={action.id} codes={silent} />
        </div>
      )}
      {days.length + actions.length + refused.length === 0 && <p className="muted">{t('clashes.none')}</p>}
      {days.map((one) => (
        <div key={`${one.kind}${one.called}${one.starts_on}${one.ends_on}`}>
          <p>
            {t('clashes.days', { count: one.seats.length, called: one.called, days: spanOf(one) })}{' '}
            <span className="muted">
              {t(`calendar.kind_${one.kind}`)}
              {one.is_expected && `, ${t('clashes.expected')}`}
            </span>
          </p>
          <SeatsNamed action={action.id} codes={one.seats} />
        </div>
      ))}
      {actions.map((one) => (
        <div key={one.action ?? ''}>
          <p>
            {one.action
              ? t('clashes.asked', { count: one.seats.length, title: one.title })
              : t('clashes.asked_unseen', { count: one.seats.length })}
          </p>
          <SeatsNamed action={action.id} codes={one.seats} />
        </div>
      ))}
      {refused.map((one) => (
        <div key={one.reason}>
          <p>{t('clashes.refused', { count: one.seats.length, reason: one.said })}</p>
          <SeatsNamed action={action.id} codes={one.seats} />
        </div>
      ))}
      <p className="note">
        {t('clashes.forbids_nothing')} <Link to="/desk/actions/calendar">{t('calendar.title')}</Link>
      </p>
    </section>
  );
}
