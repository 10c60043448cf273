import { useTranslation } from 'react-i18next';
import { useFilters } from '@/lib/use-filters';
import { Field } from '@/ui/field';
import { Select } from '@/ui/select';
import { PeopleFile } from './people-file';
import { AGREED } from './people-filters';
import { PeopleFound } from './people-found';
import { PersonCard } from './person-card';
import { PersonLines } from './person-lines';
import { usePeople } from './use-people';

/** By what a relay's list is narrowed: whoever did not agree is not in it. */
const WAYS = AGREED.filter((way) => way !== 'any' && way !== 'none');

interface Props {
  /** The places whose seat I hold, or in which I stand in. */
  places: readonly { id: string; name: string }[];
}

/** The people of the place that I answer for, who agreed that I contact them, for as long as they agree. */
export function SeatPeople({ places }: Props) {
  const { t } = useTranslation('member');
  const { get, set } = useFilters();
  const query = get('q');
  const agreed = get('agreed');
  const place = places.find(({ id }) => id === get('area')) ?? places[0];
  const people = usePeople({ ...(place ? { area: place.id } : {}), ...(agreed ? { agreed } : {}) }, query);
  const none = query || agreed ? 'none_found' : 'none';
  return (
    <>
      <section className="card" role="search" aria-label={t('here.narrow')}>
        <div className="fields">
          <Field
            label={t('here.search')}
            type="search"
            value={query}
            onChange={(event) => {
              set({ q: event.target.value });
            }}
          />
          <Select
            label={t('here.agreed')}
            value={agreed}
            options={[
              { value: '', label: t('organiser:people.agreed_any') },
              ...WAYS.map((value) => ({ value, label: t(`organiser:people.agreed_${value}`) })),
            ]}
            onChange={(event) => {
              set({ agreed: event.target.value });
            }}
          />
          {places.length > 1 && (
            <Select
              label={t('here.place')}
              value={place?.id}
              options={places.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(event) => {
                set({ area: event.target.value });
              }}
            />
          )}
        </div>
      </section>
      <PeopleFound
        people={people}
        label={t('here.list')}
        isTitled
        className="card"
        none={t(`here.${none}`)}
        none_why={t(`here.${none}_why`)}
      >
        <PersonLines
          people={people.rows}
          onOpen={(person) => {
            set({ person });
          }}
        />
      </PeopleFound>
      {people.rows.length > 0 && (
        <div className="buttons">
          <PeopleFile filters={people.narrowed} />
        </div>
      )}
      {get('person') && (
        <PersonCard
          id={get('person')}
          enter="/enter"
          onClose={() => {
            set({ person: null });
          }}
        />
      )}
    </>
  );
}
