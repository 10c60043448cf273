import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PersonRow } from '@/api/shapes';
import { ReasonedFile } from '@/entities/person/reasoned-file';
import { day, number } from '@/lib/format';
import { useDebounced } from '@/lib/use-debounced';
import { useFilters } from '@/lib/use-filters';
import { Blank } from '@/ui/blank';
import { DeskHead } from '@/ui/desk-head';
import { Filters } from '@/ui/filters';
import { ListBody } from '@/ui/list-body';
import { ListFoot } from '@/ui/list-foot';
import { type Column, ListTable } from '@/ui/list-table';
import { Raised } from '@/ui/raised';
import { exportPeople, type PeopleFilters, peopleCountQuery, peopleQuery } from './api';
import { Contacts } from './contacts';
import { duplicatesCountQuery } from './duplicates-api';
import { nameOf } from './name-of';
import { FILTERS, PeopleNarrow } from './people-filters';
import { PeopleViews } from './people-views';
import { PersonCard } from './person-card';

const keyOf = (person: PersonRow) => person.id;

/** The people of my places: names and how to reach them. */
export function PeopleDesk() {
  const { t } = useTranslation('organiser');
  const { get, set } = useFilters();
  const query = get('q');
  const settled = useDebounced(query);
  // A search begins with its second letter.
  const kept = Object.fromEntries(FILTERS.flatMap((name) => (get(name) ? [[name, get(name)]] : [])));
  const asked = { ...kept, ...(settled.trim().length < 2 ? {} : { q: settled }) } as PeopleFilters;
  const list = useInfiniteQuery({ ...peopleQuery(asked), placeholderData: keepPreviousData });
  const total = useQuery({ ...peopleCountQuery(asked), placeholderData: keepPreviousData });
  const duplicates = useQuery(duplicatesCountQuery);
  const isNear = list.data?.pages[0]?.is_near ?? false;
  const [isExporting, setExporting] = useState(false);
  const rows = useMemo(() => (list.data?.pages ?? []).flatMap((page) => page.items), [list.data]);
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
          <Link className="button line" to="/desk/people/duplicates">
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
        <button
          type="button"
          className="button line"
          onClick={() => {
            setExporting(true);
          }}
        >
          {t('people.export')}
        </button>
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
      {isNear && rows.length > 0 && (
        <p className="notice" role="status">
          {t('people.near', { query: settled })}
        </p>
      )}
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
          <ListTable
            label={t('people.title')}
            rows={rows}
            columns={columns}
            keyOf={keyOf}
            sort={get('sort') === 'joined' ? 'joined' : 'name'}
            onSort={(sort) => {
              set({ sort: sort === 'name' ? null : sort });
            }}
          />
        </ListBody>
        <ListFoot more={list}>
          {isNear
            ? t('people.shown', { count: rows.length })
            : total.data &&
              (total.data.is_more
                ? t('people.more_than', { number: number(total.data.count) })
                : t('people.shown', { count: total.data.count }))}
        </ListFoot>
      </section>
      {get('person') && (
        <PersonCard
          id={get('person')}
          onClose={() => {
            set({ person: null });
          }}
        />
      )}
      {isExporting && (
        <ReasonedFile
          title={t('people.export')}
          said={t('people.export_why')}
          take={(reason) => exportPeople({ reason, filters: { ...kept, ...(asked.q ? { q: asked.q } : {}) } })}
          name="people.csv"
          onClose={() => {
            setExporting(false);
          }}
        />
      )}
    </>
  );
}
