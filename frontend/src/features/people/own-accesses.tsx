import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Access } from '@/api/shapes';
import { day, time } from '@/lib/format';
import { Blank } from '@/ui/blank';
import { ListBody } from '@/ui/list-body';
import { ListFoot } from '@/ui/list-foot';
import { Raised } from '@/ui/raised';
import { accessesQuery } from './own-api';

/** The same person who read the same thing again on one day: one line, with how often. */
export function byDay(accesses: readonly Access[]): { access: Access; times: number }[] {
  const lines = new Map<string, { access: Access; times: number }>();
  for (const access of accesses) {
    const key = [day(access.at), access.reader, access.role, access.place, access.reading, access.reason].join('|');
    const line = lines.get(key);
    if (line) line.times += 1;
    else lines.set(key, { access, times: 1 });
  }
  return [...lines.values()];
}

/** Who read something about me: who, as what, what, when. */
export function OwnAccesses() {
  const { t } = useTranslation('member');
  const list = useInfiniteQuery(accessesQuery);
  const lines = byDay((list.data?.pages ?? []).flatMap((page) => page.items));
  return (
    <section className="card" aria-labelledby="accesses">
      <h2 id="accesses">{t('own.accesses')}</h2>
      <p className="note">{t('own.accesses_why')}</p>
      <ListBody
        list={list}
        blank={
          lines.length === 0 && (
            <Blank title={t('own.accesses_none')}>
              <p>{t('own.accesses_none_why')}</p>
            </Blank>
          )
        }
      >
        <ul className="rows">
          {lines.map(({ access, times }) => (
            <li key={access.id}>
              <div>
                <h3>
                  {access.reader || t(access.is_gone ? 'own.reader_gone' : 'own.reader_unnamed')}
                  <span className="muted">
                    {' '}
                    · {t(`common:role.${access.role}`)}
                    {access.place && (
                      <>
                        , <Raised text={access.place} />
                      </>
                    )}
                  </span>
                </h3>
                <p>
                  {access.told}
                  {times > 1 && ` · ${t('own.times', { count: times })}`}
                  {access.reason && (
                    <>
                      <br />
                      {t('own.reason', { reason: access.reason })}
                    </>
                  )}
                  <br />
                  <time dateTime={access.at}>
                    <Raised text={`${day(access.at)}, ${time(access.at)}`} />
                  </time>
                </p>
              </div>
            </li>
          ))}
        </ul>
      </ListBody>
      {list.hasNextPage && <ListFoot more={list}>{t('own.more')}</ListFoot>}
    </section>
  );
}
