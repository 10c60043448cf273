import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { OwnConcern } from '@/api/shapes';
import { duration, instant } from '@/lib/format';
import { useNow } from '@/lib/use-now';
import { Raised } from '@/ui/raised';
import { Ticks } from '@/ui/ticks';
import { myConcernsQuery } from './concerns-api';

/** What I told: its clock while nobody has taken it up, who did, and what came of it. */
export function MyConcerns() {
  const { t } = useTranslation('member');
  const mine = useQuery(myConcernsQuery);
  if (!mine.data || mine.data.items.length === 0) return null;
  return (
    <section className="card" aria-labelledby="mine">
      <h2 id="mine">{t('wrong.mine')}</h2>
      {mine.data.items.map((concern) => (
        <article key={concern.id} className="conversation">
          <p className="spoken">{concern.what}</p>
          <Clock concern={concern} />
          {concern.closed_at && (
            <>
              <h3>{t('wrong.outcome')}</h3>
              <p className="spoken">{concern.outcome}</p>
            </>
          )}
        </article>
      ))}
    </section>
  );
}

function Clock({ concern }: { concern: OwnConcern }) {
  const { t } = useTranslation('member');
  const now = useNow();
  if (concern.taken_at)
    return (
      <p className="note">
        <Raised
          text={t(concern.taken_by ? 'wrong.taken_by' : 'wrong.taken', {
            name: concern.taken_by,
            at: instant(concern.taken_at),
          })}
        />
      </p>
    );
  const made = Date.parse(concern.made_at);
  const due = Date.parse(concern.due_at);
  const sentence =
    now > due
      ? t('wrong.late', { by: duration(now - due) })
      : t(concern.rung > 1 ? 'wrong.climbed' : 'wrong.waits', {
          left: duration(due - now),
          by: instant(concern.due_at),
        });
  return (
    <div className={now > due ? 'promise is-missed' : 'promise'}>
      <Ticks done={Math.min(1, Math.max(0, (now - made) / (due - made)))} label={sentence} />
      <p>
        <Raised text={sentence} />
      </p>
    </div>
  );
}
