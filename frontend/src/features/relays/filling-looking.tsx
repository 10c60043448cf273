import { useTranslation } from 'react-i18next';
import type { SeatToFillWhole } from '@/api/shapes';
import { SeatBadge } from '@/entities/area/seat-badge';
import { number } from '@/lib/format';
import { Raised } from '@/ui/raised';

/** Where to look: what stands out in the place against its country, its communes, who is seated next door. Never a person. */
export function FillingLooking({ seat }: { seat: SeatToFillWhole }) {
  const { t } = useTranslation('organiser');
  const most = Math.max(1, ...seat.places_to_look.flatMap(({ here, country }) => [here, country]));
  const width = (value: number) => ({ inlineSize: `${((value / most) * 100).toFixed(1)}%` });
  return (
    <section className="panel-section">
      <h3>{t('filling.looking')}</h3>
      {seat.places_to_look.length === 0 && <p className="muted">{t('filling.looking_none')}</p>}
      <ul className="plain">
        {seat.places_to_look.map((place) => (
          <li key={place.code}>
            <b>{place.says}</b>
            <span
              className="two-bars"
              role="img"
              aria-label={t('filling.bars', { here: number(place.here), country: number(place.country) })}
            >
              <i style={width(place.here)} />
              <i className="is-country" style={width(place.country)} />
            </span>
            <small>{t('filling.bars', { here: number(place.here), country: number(place.country) })}</small>
            <br />
            {place.where}
            <br />
            <small className="muted">{place.published_by}</small>
          </li>
        ))}
      </ul>
      {seat.communes.length > 0 && (
        <>
          <h4>{t('filling.communes')}</h4>
          <ul className="plain">
            {seat.communes.map((commune) => (
              <li key={commune.name}>
                {commune.name}{' '}
                <small>
                  {t('filling.inhabitants', { count: commune.population, shown: number(commune.population) })}
                  {!commune.is_whole && `, ${t('filling.in_part')}`}
                </small>
              </li>
            ))}
          </ul>
        </>
      )}
      {seat.next_door.length > 0 && (
        <>
          <h4>{t('filling.beside')}</h4>
          <ul className="plain">
            {seat.next_door.map((one) => (
              <li key={one.id}>
                <Raised text={one.name} /> <SeatBadge state={one.state} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
