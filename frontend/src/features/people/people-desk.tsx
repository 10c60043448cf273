import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PersonRow } from '@/api/shapes';
import { useDebounced } from '@/lib/use-debounced';
import { useFilters } from '@/lib/use-filters';
import { Blank } from '@/ui/blank';
import { DeskHead } from '@/ui/desk-head';
import { Filters } from '@/ui/filters';
import { ListBody } from '@/ui/list-body';
import { ListFoot } from '@/ui/list-foot';
import { type Column, ListTable } from '@/ui/list-table';
import { Raised } from '@/ui/raised';
import { peopleQuery } from './api';

const keyOf = (person: PersonRow) => person.id;

function Contacts({ contacts }: Pick<PersonRow, 'contacts'>) {
  return contacts.map(({ channel, value }, index) => (
    <span key={value}>
      {index > 0 && ', '}
      <a href={`${channel === 'email' ? 'mailto' : 'tel'}:${value}`}>{value}</a>
    </span>
  ));
}

/** The people of my places: names and how to reach them. */
export function PeopleDesk() {
  const { t } = useTranslation('organiser');
  const { get, set } = useFilters();
  const query = get('q');
  const settled = useDebounced(query);
  // A search begins with its second letter.
  const list = useInfiniteQuery({
    ...peopleQuery(settled.trim().length < 2 ? '' : settled),
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => (list.data?.pages ?? []).flatMap((page) => page.items), [list.data]);
  const columns = useMemo<Column<PersonRow>[]>(
    () => [
      {
        name: 'name',
        word: t('people.column_name'),
        isHead: true,
        cell: (person) => `${person.given_name} ${person.family_name ?? person.initial}`.trim(),
      },
      { name: 'reach', word: t('people.column_reach'), cell: (person) => <Contacts contacts={person.contacts} /> },
      { name: 'commune', word: t('people.column_commune'), cell: (person) => person.locality?.name },
      {
        name: 'seat',
        word: t('people.column_seat'),
        cell: (person) => person.area && <Raised text={person.area.name} />,
      },
    ],
    [t],
  );
  const none = query ? 'none_found' : 'none';
  return (
    <>
      <DeskHead title={t('people.title')} lead={t('people.why')}>
        <Link className="button line" to="/desk/people/import">
          {t('import.go')}
        </Link>
      </DeskHead>
      <Filters
        label={t('people.search')}
        query={query}
        onQuery={(q) => {
          set({ q });
        }}
      />
      <section className="pane" aria-label={t('people.title')}>
        <ListBody
          list={list}
          blank={
            rows.length === 0 && (
              <Blank title={t(`people.${none}`)}>
                <p>{t(`people.${none}_why`)}</p>
              </Blank>
            )
          }
        >
          <ListTable label={t('people.title')} rows={rows} columns={columns} keyOf={keyOf} />
        </ListBody>
        <ListFoot more={list}>{list.data && t('people.shown', { count: rows.length })}</ListFoot>
      </section>
    </>
  );
}
