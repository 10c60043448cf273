import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { peopleCountQuery, peopleQuery } from './api';
import { PersonLines } from './person-lines';

/** The people who take part around the place that I answer for, and agreed that I contact them; they are named once I ask, since they read that. */
export function NewHere({ area, name }: { area: string; name: string }) {
  const { t } = useTranslation('member');
  const [isOpen, setOpen] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  const asked = { area, is_new: '1' } as const;
  const total = useQuery(peopleCountQuery(asked));
  const list = useInfiniteQuery({ ...peopleQuery(asked), enabled: isOpen });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const count = total.data?.count ?? 0;
  if (count === 0 && !total.isLoadingError) return null;
  return (
    <section className="card" aria-labelledby={`new-here-${area}`}>
      <h2 id={`new-here-${area}`} tabIndex={-1} ref={title}>
        {t('greet.title')}
      </h2>
      {total.isLoadingError && <Trouble error={total.error} retry={() => void total.refetch()} />}
      {count > 0 && (
        <p>
          <Raised text={t('greet.count', { count, place: name })} />
        </p>
      )}
      {count > 0 && !isOpen && (
        <>
          <p className="note">{t('greet.note')}</p>
          <p>
            <button
              type="button"
              className="button line"
              onClick={() => {
                // The button goes, and the focus with it.
                title.current?.focus();
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
        {rows.length > 0 && <PersonLines people={rows} />}
      </div>
      {list.hasNextPage && (
        <p>
          <button type="button" className="button line" onClick={() => void list.fetchNextPage()}>
            {t('greet.more')}
          </button>
        </p>
      )}
      {count > 0 && (
        <p>
          <Link to={`/seat/people?area=${area}`}>{t('here.go')}</Link>
        </p>
      )}
    </section>
  );
}
