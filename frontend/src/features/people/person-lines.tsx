import { useTranslation } from 'react-i18next';
import type { PersonRow } from '@/api/shapes';
import { Contacts } from './contacts';
import { nameOf } from './name-of';

interface Props {
  people: readonly PersonRow[];
  /** Set where a line opens the card of its person. */
  onOpen?: (id: string) => void;
}

/** People one under the other, for a phone: who they are, where they live, how they are reached. */
export function PersonLines({ people, onOpen }: Props) {
  const { t } = useTranslation('member');
  return (
    <ul className="rows">
      {people.map((person) => (
        <li key={person.id}>
          <div>
            <h3>{nameOf(person)}</h3>
            <p>
              {person.locality && `${person.locality.name}. `}
              <Contacts contacts={person.contacts} />
            </p>
          </div>
          {onOpen && (
            <button
              type="button"
              className="button line"
              onClick={() => {
                onOpen(person.id);
              }}
            >
              {t('here.card')} <span className="sr-only">{nameOf(person)}</span>
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
