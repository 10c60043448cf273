import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { SEAT_STATES } from '@/api/shapes';
import { organisedPlacesQuery } from '@/entities/area/organised-places';
import { NarrowBy } from '@/ui/narrow-by';

export const AGREED = ['any', 'email', 'sms', 'phone', 'post', 'none'] as const;
const ROLES = ['relay', 'stand_in', 'organiser'] as const;
export const FILTERS = ['area', 'agreed', 'role', 'seat_state', 'joined_since', 'sort'] as const;

interface Props {
  get: (name: string) => string;
  set: (changes: Record<string, string>) => void;
}

/** Narrow the list of people, and order it; what is chosen stands in the address. */
export function PeopleNarrow({ get, set }: Props) {
  const { t } = useTranslation('organiser');
  const places = useQuery(organisedPlacesQuery).data ?? [];
  const choices = [
    ...(places.length > 1
      ? [{ name: 'area' as const, options: places.map(({ id, name }) => [id, name] as const) }]
      : []),
    { name: 'agreed', options: AGREED.map((value) => [value, t(`people.agreed_${value}`)] as const) },
    { name: 'role', options: ROLES.map((value) => [value, t(`common:role.${value}`)] as const) },
    { name: 'seat_state', options: SEAT_STATES.map((value) => [value, t(`common:seat.${value}`)] as const) },
  ] as const;
  return (
    <div className="filters people-narrow">
      {choices.map(({ name, options }) => (
        <NarrowBy
          key={name}
          label={t(`people.by_${name}`)}
          any={t('people.all')}
          value={get(name)}
          options={options}
          onChange={(value) => {
            set({ [name]: value });
          }}
        />
      ))}
      <label>
        <span>{t('people.by_joined_since')}</span>
        <input
          className="input"
          type="date"
          value={get('joined_since')}
          onChange={(event) => {
            set({ joined_since: event.target.value });
          }}
        />
      </label>
    </div>
  );
}
