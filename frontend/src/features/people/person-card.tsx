import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { day } from '@/lib/format';
import { Dialog } from '@/ui/dialog';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { cardQuery } from './card-api';
import { Contacts } from './contacts';
import { nameOf } from './name-of';
import { StopSaid } from './stop-said';

interface Props {
  id: string;
  /** The screen on which somebody's wish for a seat is entered, in the shell that the reader is in. */
  enter: '/desk/enter' | '/enter';
  onClose: () => void;
}

/** One person, as much as I see of them: how to reach them, where they live, what they have learnt. Reading it is written down. */
export function PersonCard({ id, enter, onClose }: Props) {
  const { t } = useTranslation('organiser');
  const card = useQuery(cardQuery(id));
  const person = card.data;
  const name = person ? nameOf(person) : '';
  return (
    <Dialog title={name || t('people.card')} onClose={onClose}>
      {card.isPending && <Skeleton lines={4} />}
      {card.isError && <Trouble error={card.error} retry={() => void card.refetch()} />}
      {person && (
        <dl className="facts wide">
          <div>
            <dt>{t('people.column_reach')}</dt>
            <dd>
              {person.contacts.length > 0 ? <Contacts contacts={person.contacts} saysAgreed /> : t('people.no_contact')}
            </dd>
          </div>
          {person.locality && (
            <div>
              <dt>{t('people.column_commune')}</dt>
              <dd>{person.locality.name}</dd>
            </div>
          )}
          {person.area && (
            <div>
              <dt>{t('people.column_seat')}</dt>
              <dd>
                <Raised text={person.area.name} />
              </dd>
            </div>
          )}
          {person.joined_on && (
            <div>
              <dt>{t('people.column_joined')}</dt>
              <dd>
                <Raised text={day(person.joined_on)} />
              </dd>
            </div>
          )}
          {person.qualifications.map((learnt) => (
            <div key={`${learnt.code}${learnt.obtained_on}`}>
              <dt>{t('people.learnt')}</dt>
              <dd>
                {learnt.name},{' '}
                <Raised
                  text={t(learnt.ends_on ? 'people.learnt_until' : 'people.learnt_since', {
                    day: day(learnt.obtained_on),
                    until: learnt.ends_on ? day(learnt.ends_on) : '',
                  })}
                />
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p className="note">{t('people.card_why')}</p>
      <div className="buttons">
        {person && person.contacts.length > 0 && !person.contacts.some((contact) => contact.channel === 'email') && (
          <Link className="button" to={`${enter}?person=${person.id}`}>
            {t('people.asks_for_seat')}
          </Link>
        )}
        {person && <StopSaid person={person.id} />}
        <button type="button" className="button line" onClick={onClose}>
          {t('people.card_close')}
        </button>
      </div>
    </Dialog>
  );
}
