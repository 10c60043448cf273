import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { day } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { careQueries } from './care-api';

/** What was written of friendly calls to me: I read every word. */
export function CallsAboutMe() {
  const { t } = useTranslation('member');
  const calls = useQuery(careQueries.calls);
  const items = calls.data?.about_me ?? [];
  if (items.length === 0) return null;
  return (
    <section className="card" aria-labelledby="calls-about-me">
      <h2 id="calls-about-me">{t('call.about_me')}</h2>
      <ul className="list">
        {items.map((call) => (
          <li key={call.done_at}>
            <Raised text={t(call.by ? 'call.about_by' : 'call.about', { name: call.by, day: day(call.done_at) })} />{' '}
            {t(`call.${call.outcome}`)}.{call.words && <q>{call.words}</q>}
          </li>
        ))}
      </ul>
    </section>
  );
}
