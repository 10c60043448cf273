import './letters.css';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { instant } from '@/lib/format';
import { useFilters } from '@/lib/use-filters';
import { Blank } from '@/ui/blank';
import { ListBody } from '@/ui/list-body';
import { ListFoot } from '@/ui/list-foot';
import { Raised } from '@/ui/raised';
import { Letter } from './letter';
import { lettersQuery } from './letters-api';

/** Whom no mail reaches: each letter to print and each call to make, those that wait longest first. */
export function Letters() {
  const { t } = useTranslation('member');
  const list = useInfiniteQuery(lettersQuery);
  const { get, set } = useFilters();
  const found = list.data?.pages.flatMap((page) => page.items) ?? [];
  const open = get('letter');
  return (
    <ListBody
      list={list}
      blank={
        found.length === 0 && (
          <Blank title={t('letters.none')}>
            <p>{t('letters.none_why')}</p>
          </Blank>
        )
      }
    >
      <ul className="letters list">
        {found.map((row) => (
          <li key={row.id} className="card">
            <h2>
              {t(`letters.${row.channel}`, { name: row.name })}
              {row.done_at && <small> {t('letters.done')}</small>}
            </h2>
            <p className="note">
              <Raised text={[row.place, row.about, instant(row.queued_at)].filter(Boolean).join('. ')} />
            </p>
            <p>
              <button
                type="button"
                className="button line"
                aria-expanded={open === row.id}
                onClick={() => {
                  set({ letter: open === row.id ? null : row.id });
                }}
              >
                {t(open === row.id ? 'letters.close' : 'letters.open')}
              </button>
            </p>
            {open === row.id && <Letter id={row.id} />}
          </li>
        ))}
      </ul>
      <ListFoot more={list}>{t('letters.count', { count: found.filter((row) => !row.done_at).length })}</ListFoot>
    </ListBody>
  );
}
