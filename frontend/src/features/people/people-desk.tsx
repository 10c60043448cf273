import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDebounced } from '@/lib/use-debounced';
import { useFilters } from '@/lib/use-filters';
import { Blank } from '@/ui/blank';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { peopleQuery } from './api';

/** The people of my places: names and how to reach them. */
export function PeopleDesk() {
  const { t } = useTranslation('organiser');
  const { get, set } = useFilters();
  const query = get('q');
  const settled = useDebounced(query);
  const list = useInfiniteQuery({ ...peopleQuery(settled), placeholderData: keepPreviousData });
  const rows = (list.data?.pages ?? []).flatMap((page) => page.items);
  return (
    <>
      <header className="desk-head">
        <div>
          <h1>{t('people.title')}</h1>
          <p>{t('people.why')}</p>
        </div>
      </header>
      <div className="filters" role="search">
        <label className="sr-only" htmlFor="people-search">
          {t('people.search')}
        </label>
        <input
          id="people-search"
          className="input"
          type="search"
          placeholder={t('people.search')}
          value={query}
          onChange={(event) => {
            set({ q: event.target.value });
          }}
        />
      </div>
      <section className="pane" aria-label={t('people.title')}>
        {list.isPending ? (
          <div className="pane-body">
            <Skeleton lines={10} />
          </div>
        ) : list.isError ? (
          <div className="pane-body">
            <Trouble error={list.error} retry={() => void list.refetch()} />
          </div>
        ) : rows.length === 0 ? (
          <div className="pane-body">
            <Blank title={t(query ? 'people.none_found' : 'people.none')}>
              <p>{t(query ? 'people.none_found_why' : 'people.none_why')}</p>
            </Blank>
          </div>
        ) : (
          <div className="table-scroll" tabIndex={0} role="group" aria-label={t('people.title')}>
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{t('people.column_name')}</th>
                  <th scope="col">{t('people.column_commune')}</th>
                  <th scope="col">{t('people.column_seat')}</th>
                  <th scope="col">{t('people.column_reach')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.id} style={{ cursor: 'auto' }}>
                    <th scope="row">{`${row.given_name} ${row.family_name ?? row.initial}`.trim()}</th>
                    <td>{row.locality?.name}</td>
                    <td>{row.area && <Raised text={row.area.name} />}</td>
                    <td>
                      {row.contacts.map((contact, index) => (
                        <span key={contact.value}>
                          {index > 0 && ', '}
                          <a href={`${contact.channel === 'email' ? 'mailto' : 'tel'}:${contact.value}`}>
                            {contact.value}
                          </a>
                        </span>
                      ))}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        <footer>
          <span>{t('people.shown', { count: rows.length })}</span>
          {list.hasNextPage && (
            <button
              type="button"
              className="button line"
              disabled={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {t('common:more')}
            </button>
          )}
        </footer>
      </section>
    </>
  );
}
