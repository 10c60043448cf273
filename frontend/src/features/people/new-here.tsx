import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { peopleCountQuery, peopleQuery } from './api';
import { Contacts } from './contacts';

/** The people who joined the place that I answer for, and agreed that I contact them; they are named once I ask, since they read that. */
export function NewHere({ area, name }: { area: string; name: string }) {
  const { t } = useTranslation('member');
  const [isOpen, setOpen] = useState(false);
  const asked = { area, is_new: '1' } as const;
  const count = useQuery(peopleCountQuery(asked)).data?.count ?? 0;
  const list = useInfiniteQuery({ ...peopleQuery(asked), enabled: isOpen });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (count === 0) return null;
  return (
    <section className="card" aria-labelledby={`new-here-${area}`}>
      <h2 id={`new-here-${area}`}>{t('greet.title')}</h2>
      <p>
        <Raised text={t('greet.count', { count, place: name })} />
      </p>
      {!isOpen && (
        <>
          <p className="note">{t('greet.note')}</p>
          <p>
            <button
              type="button"
              className="button line"
              onClick={() => {
                setOpen(true);
              }}
            >
              {t('greet.go')}
            </button>
          </p>
        </>
      )}
      <div aria-live="polite">
        {isOpen && list.isPending && <Skeleton lines={3} />}
        {list.isError && <Trouble error={list.error} retry={() => void list.refetch()} />}
        {rows.length > 0 && (
          <ul className="rows">
            {rows.map((person) => (
              <li key={person.id}>
                <div>
                  <h3>{`${person.given_name} ${person.family_name ?? person.initial}`.trim()}</h3>
                  <p>
                    {person.locality && `${person.locality.name}. `}
                    <Contacts contacts={person.contacts} />
                  </p>
                </div>
              </li>
            ))}
          </ul>
        )}
      </div>
      {list.hasNextPage && (
        <p>
          <button type="button" className="button line" onClick={() => void list.fetchNextPage()}>
            {t('greet.more')}
          </button>
        </p>
      )}
    </section>
  );
}
