import { useTranslation } from 'react-i18next';
import type { Application } from '@/api/shapes';
import { PromiseClock } from '@/ui/promise-clock';
import { Raised } from '@/ui/raised';

/** What became of my asking for a seat, with the clock of the promise. */
export function MyApplications({ items }: { items: readonly Application[] }) {
  const { t } = useTranslation('member');
  return items.map((application) => (
    <section key={application.id} className="card" aria-labelledby={`application-${application.id}`}>
      <h2 id={`application-${application.id}`}>
        <Raised text={application.seat.name} />
      </h2>
      <p>{t(`application.${application.status}`)}</p>
      {application.promise && (application.status === 'submitted' || application.status === 'contacted') && (
        <>
          <PromiseClock
            startedAt={application.promise.started_at}
            dueAt={application.promise.due_at}
            keptAt={application.promise.kept_at}
          />
          {application.promise.owed_from && (
            <p>
              {t(application.promise.climbs ? 'application.missed' : 'application.owed', {
                place: application.promise.owed_from,
              })}
            </p>
          )}
        </>
      )}
    </section>
  ));
}
