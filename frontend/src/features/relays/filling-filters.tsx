import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { StepKind } from '@/api/shapes';
import { organisedPlacesQuery } from '@/entities/area/organised-places';
import { NarrowBy } from '@/ui/narrow-by';

const STATES = ['vacant', 'applied', 'dormant', 'stand_in'] as const;
const TRIED: readonly ('never' | StepKind)[] = [
  'never',
  'asked_volunteers',
  'asked_neighbours',
  'called_section',
  'met_association',
  'shared_invitation',
  'put_up_poster',
  'went_there',
  'other',
  'handed_on',
];
const SNOOZED = ['only', 'all'] as const;
export const FILLING_FILTERS = ['state', 'area', 'tried', 'snoozed'] as const;

interface Props {
  get: (name: string) => string;
  set: (changes: Record<string, string>) => void;
}

/** Narrow the seats to fill; what is chosen stands in the address. */
export function FillingNarrow({ get, set }: Props) {
  const { t } = useTranslation('organiser');
  const places = useQuery(organisedPlacesQuery);
  const choices = [
    {
      name: 'state',
      options: STATES.map((value) => [value, t(`common:seat.${value}`)] as const),
    },
    { name: 'area', options: (places.data ?? []).map((place) => [place.id, place.name] as const) },
    {
      name: 'tried',
      options: TRIED.map(
        (value) => [value, t(value === 'never' ? 'filling.tried_never' : `filling.step_${value}`)] as const,
      ),
    },
    { name: 'snoozed', options: SNOOZED.map((value) => [value, t(`filling.snoozed_${value}`)] as const) },
  ] as const;
  return (
    <div className="filters people-narrow">
      {choices.map(({ name, options }) => (
        <NarrowBy
          key={name}
          label={t(`filling.by_${name}`)}
          any={t(name === 'snoozed' ? 'filling.snoozed_no' : 'filling.any')}
          value={get(name)}
          options={options}
          onChange={(value) => {
            set({ [name]: value });
          }}
        />
      ))}
    </div>
  );
}
