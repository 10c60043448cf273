import './figures.css';
import '@/ui/parts/longtail.css';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SeatState } from '@/api/shapes';
import { useFilters } from '@/lib/use-filters';
import { Blank } from '@/ui/blank';
import { ListBody } from '@/ui/list-body';
import { fundChoicesQuery } from './figures-api';
import { FundDesk } from './fund-desk';
import { ToldDesk } from './told-desk';

export interface Places {
  /** The national drawing, once it is known which one is in force. */
  mapSrc: string | null;
  credit: string;
  /** The state of each seat, by the code of its constituency. */
  seats: ReadonlyMap<string, SeatState>;
}

/** What was given: a treasurer's funds as they stand now, an organiser's places month by month. */
export function FiguresDesk({ places }: { places: Places }) {
  const { t } = useTranslation('money');
  const { get, set } = useFilters();
  const choices = useQuery(fundChoicesQuery);
  const funds = choices.data ?? [];
  const chosen = funds.find(({ code }) => code === get('fund')) ?? funds[0];
  return (
    <ListBody
      list={choices}
      blank={
        !chosen && (
          <Blank title={t('recipient.none')} isPage>
            <p>{t('recipient.none_why')}</p>
          </Blank>
        )
      }
    >
      {funds.length > 1 && (
        <div className="filters" role="group" aria-label={t('recipient.choose')}>
          {funds.map(({ code, name }) => (
            <button
              key={code}
              type="button"
              className="chip"
              aria-pressed={code === chosen?.code}
              onClick={() => {
                set({ fund: code, period: null, month: null });
              }}
            >
              {name}
            </button>
          ))}
        </div>
      )}
      {chosen?.reads === 'all' && <FundDesk key={chosen.code} fund={chosen} places={places} />}
      {chosen?.reads === 'months' && <ToldDesk key={chosen.code} fund={chosen} />}
    </ListBody>
  );
}
