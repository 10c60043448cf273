import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PersonRow } from '@/api/shapes';
import { day, number } from '@/lib/format';
import { useFilters } from '@/lib/use-filters';
import { DeskHead } from '@/ui/desk-head';
import { Filters } from '@/ui/filters';
import { type Column, ListTable } from '@/ui/list-table';
import { Raised } from '@/ui/raised';
import { Contacts } from './contacts';
import { duplicatesCountQuery } from './duplicates-api';
import { nameOf } from './name-of';
import { PeopleFile } from './people-file';
import { FILTERS, PeopleNarrow } from './people-filters';
import { PeopleFound } from './people-found';
import { PeopleViews } from './people-views';
import { PersonCard } from './person-card';
import { usePeople } from './use-people';

const keyOf = (person: PersonRow) => person.id;

/** The people of my places: names and how to reach them. */
export function PeopleDesk() {
  const { t } = useTranslation('organiser');
  const { get, set } = useFilters();
  const query = get('q');
  const kept = Object.fromEntries(FILTERS.flatMap((name) => (get(name) ? [[name, get(name)]] : [])));
  const people = usePeople(kept, query);
  const duplicates = useQuery(duplicatesCountQuery);
  const columns = useMemo<Column<PersonRow, 'name' | 'joined'>[]>(
    () => [
      {
        name: 'name',
        word: t('people.column_name'),
        isHead: true,
        sort: ['name', 'ascending'],
        cell: (person) => (
          <button
            type="button"
            className="row-link"
            onClick={() => {
              set({ person: person.id });
            }}
          >
            {nameOf(person) || t('people.unnamed')}
          </button>
        ),
      },
      { name: 'reach', word: t('people.column_reach'), cell: (person) => <Contacts contacts={person.contacts} /> },
      { name: 'commune', word: t('people.column_commune'), cell: (person) => person.locality?.name },
      {
        name: 'seat',
        word: t('people.column_seat'),
        cell: (person) => person.area && <Raised text={person.area.name} />,
      },
      {
        name: 'joined',
        word: t('people.column_joined'),
        sort: ['joined', 'descending'],
        cell: (person) => person.joined_on && <Raised text={day(person.joined_on)} />,
      },
    ],
    [t, set],
  );
  const none = query || Object.keys(kept).length > 0 ? 'none_found' : 'none';
  return (
    <>
      <DeskHead title={t('people.title')} lead={t('people.why')}>
        {Boolean(duplicates.data?.count) && (
          <Link className="button line comes-later" to="/desk/people/duplicates">
            {t(duplicates.data?.is_more ? 'duplicates.go_more' : 'duplicates.go', {
              count: duplicates.data?.count ?? 0,
              number: number(duplicates.data?.count ?? 0),
            })}
          </Link>
        )}
        <Link className="button line" to="/desk/people/import">
          {t('import.go')}
        </Link>
        <Link className="button line" to="/desk/enter">
          {t('people.enter')}
        </Link>
        <PeopleFile filters={people.narrowed} />
      </DeskHead>
      <Filters
        label={t('people.search')}
        query={query}
        onQuery={(q) => {
          set({ q });
        }}
      />
      <PeopleNarrow get={get} set={set} />
      <PeopleViews
        filters={kept}
        onUse={(filters) => {
          set({ ...Object.fromEntries(FILTERS.map((name) => [name, null])), ...filters });
        }}
      />
      <PeopleFound
        people={people}
        label={t('people.title')}
        className="pane"
        none={t(`people.${none}`)}
        none_why={t(`people.${none}_why`)}
      >
        <ListTable
          label={t('people.title')}
          rows={people.rows}
          columns={columns}
          keyOf={keyOf}
          sort={get('sort') === 'joined' ? 'joined' : 'name'}
          onSort={(sort) => {
            set({ sort: sort === 'name' ? null : sort });
          }}
        />
      </PeopleFound>
      {get('person') && (
        <PersonCard
          id={get('person')}
          enter="/desk/enter"
          onClose={() => {
            set({ person: null });
          }}
        />
      )}
    </>
  );
}
