import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SeatToFillWhole, Volunteer } from '@/api/shapes';
import { day } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { fillingQueries } from './filling-api';
import { AskDialog } from './ask-dialog';
import { useFarAway } from './use-far-away';

const SHOWN = 5;

/** Who agreed to be asked, the nearest first: from the centre of their commune, and said so. */
export function FillingVolunteers({ seat }: { seat: SeatToFillWhole }) {
  const { t } = useTranslation('organiser');
  const list = useQuery(fillingQueries.volunteers(seat.id));
  const [asked, setAsked] = useState<readonly Volunteer[]>([]);
  const [isWhole, setWhole] = useState(false);
  const farAway = useFarAway();
  const items = list.data?.items ?? [];
  const nearest = items.filter((one) => list.data?.nearest.includes(one.id));
  return (
    <section className="panel-section">
      <h3>{t('filling.volunteers', { count: list.data?.total ?? seat.volunteers })}</h3>
      <p>
        <Link to={`/desk/enter?${new URLSearchParams({ code: seat.code })}`}>{t('filling.enter_met')}</Link>
      </p>
      <p className="note">{t('filling.volunteers_why')}</p>
      {list.isPending && <Skeleton lines={4} />}
      {list.isError && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.data && items.length === 0 && <p>{t('filling.volunteers_none')}</p>}
      {nearest.length > 1 && (
        <p>
          <button
            type="button"
            className="button"
            onClick={() => {
              setAsked(nearest);
            }}
          >
            {t('filling.ask_nearest', { count: nearest.length })}
          </button>
        </p>
      )}
      <ul className="plain">
        {items.slice(0, isWhole ? items.length : SHOWN).map((one) => (
          <li key={one.id}>
            <b>{one.name}</b>{' '}
            <small>
              <Raised text={[one.commune, farAway(one.metres, one.is_here)].filter(Boolean).join(', ')} />
            </small>
            <br />
            <small>
              {one.contacts.map((contact, index) => (
                <span key={contact.value}>
                  {index > 0 && ', '}
                  <a href={`${contact.channel === 'email' ? 'mailto' : 'tel'}:${contact.value}`}>{contact.value}</a>
                </span>
              ))}
            </small>
            {one.last_asked_at && (
              <>
                <br />
                <small>
                  <Raised text={t('filling.last_asked', { day: day(one.last_asked_at) })} />
                </small>
              </>
            )}
            <br />
            {one.unasked ? (
              <>
                <small className="muted">{one.why}</small>
                {one.unasked === 'no_address' && (
                  <>
                    <br />
                    <Link
                      className="button line"
                      to={`/desk/enter?${new URLSearchParams({ person: one.id, seat: seat.id, place: seat.name })}`}
                    >
                      {t('filling.enter_yes', { name: one.name })}
                    </Link>
                  </>
                )}
              </>
            ) : (
              <button
                type="button"
                className="button line"
                onClick={() => {
                  setAsked([one]);
                }}
              >
                {t('filling.ask_one', { name: one.name })}
              </button>
            )}
          </li>
        ))}
      </ul>
      {items.length > SHOWN && !isWhole && (
        <button
          type="button"
          className="button bare"
          onClick={() => {
            setWhole(true);
          }}
        >
          {t('filling.more_people', { count: items.length - SHOWN })}
        </button>
      )}
      {asked.length > 0 && (
        <AskDialog
          seat={seat}
          kind="volunteer"
          people={asked}
          onClose={() => {
            setAsked([]);
          }}
        />
      )}
    </section>
  );
}
