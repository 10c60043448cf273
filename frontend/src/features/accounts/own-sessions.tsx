import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { instant } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { endOtherSessions, endSession, sessionsQuery } from './security-api';

/** Where I am signed in, and the way to sign those browsers out. */
export function OwnSessions() {
  const { t } = useTranslation('security');
  const queries = useQueryClient();
  const list = useQuery(sessionsQuery);
  const end = useMutation({
    mutationFn: (id: string | null) => (id ? endSession(id) : endOtherSessions()),
    onSuccess: async () => {
      await queries.invalidateQueries(sessionsQuery);
    },
  });
  const items = list.data?.items ?? [];
  return (
    <section className="card" aria-labelledby="sessions">
      <h2 id="sessions">{t('sessions.title')}</h2>
      <p className="note">{t('sessions.why')}</p>
      {list.isPending && <Skeleton lines={3} />}
      {list.isError && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {items.length > 0 && (
        <ul className="rows">
          {items.map((session) => {
            const device =
              session.browser && session.system
                ? t('sessions.on', { browser: session.browser, system: session.system })
                : session.browser || session.system || t('sessions.unknown');
            return (
              <li key={session.id}>
                <div>
                  <h3>{device}</h3>
                  <p>
                    {session.is_this_one ? (
                      t('sessions.this_one')
                    ) : (
                      <Raised text={t('sessions.seen', { at: instant(session.seen_at) })} />
                    )}
                    <br />
                    <Raised text={t('sessions.since', { at: instant(session.started_at) })} />
                  </p>
                </div>
                {!session.is_this_one && (
                  <button
                    type="button"
                    className="button line"
                    disabled={end.isPending}
                    onClick={() => {
                      end.mutate(session.id);
                    }}
                  >
                    {t('sessions.end')}
                    <span className="sr-only"> {device}</span>
                  </button>
                )}
              </li>
            );
          })}
        </ul>
      )}
      {items.length > 1 && (
        <button
          type="button"
          className="button stop"
          disabled={end.isPending}
          onClick={() => {
            end.mutate(null);
          }}
        >
          {t('sessions.end_others')}
        </button>
      )}
      <p className="note" role="status">
        {end.isSuccess && t('sessions.ended')}
      </p>
      {end.isError && <Trouble error={end.error} />}
    </section>
  );
}
