import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Counterpart, Counterparts as Found } from '@/api/shapes';
import { SeatBadge } from '@/entities/area/seat-badge';
import { number } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { careQueries } from './care-api';

const REASONS = 2;

/** The five places most like mine, in what they are alike, and a table to compare. */
export function Counterparts({ seat, place }: { seat: string; place: string }) {
  const { t, i18n } = useTranslation('member');
  const found = useQuery(careQueries.counterparts(seat));
  const [isComparing, setComparing] = useState(false);
  const unknown = (found.data?.measures ?? []).filter(({ here }) => here === null).map(({ word }) => word);
  const listed = (words: readonly string[]) => new Intl.ListFormat(i18n.language).format(words);
  function why({ alike }: Counterpart): string {
    const words = alike.slice(0, REASONS);
    return words.length ? t('like.in', { count: words.length, words: listed(words) }) : t('like.nearest');
  }
  return (
    <section className="card" aria-labelledby={`like-${seat}`}>
      <h2 id={`like-${seat}`}>{t('like.title')}</h2>
      {found.isPending && <Skeleton lines={4} />}
      {found.isError && <Trouble error={found.error} retry={() => void found.refetch()} />}
      {found.data?.why_none && <p className="muted">{t(`like.${found.data.why_none}`)}</p>}
      {found.data && found.data.items.length > 0 && (
        <>
          <p>{t('like.why')}</p>
          <ul className="rows">
            {found.data.items.map((each) => (
              <li key={each.id}>
                <div>
                  <a href={`/${i18n.language}/places/${each.code}/`}>
                    <Raised text={each.name} />
                  </a>{' '}
                  <SeatBadge state={each.state} />
                  <p className="note">
                    {each.relay && `${t('like.relay', { name: each.relay })} `}
                    {why(each)}
                  </p>
                </div>
              </li>
            ))}
          </ul>
          {unknown.length > 0 && <p className="note">{t('like.without', { words: listed(unknown) })}</p>}
          <div className="buttons">
            <button
              type="button"
              className="button line"
              aria-expanded={isComparing}
              onClick={() => {
                setComparing(!isComparing);
              }}
            >
              {t(isComparing ? 'like.hide' : 'like.compare')}
            </button>
          </div>
          {isComparing && <Comparison found={found.data} place={place} />}
        </>
      )}
    </section>
  );
}

function Comparison({ found, place }: { found: Found; place: string }) {
  const { t } = useTranslation('member');
  const said = (value: number | null | undefined) =>
    value === null || value === undefined ? t('like.nd') : number(value);
  return (
    <div className="table-scroll" role="region" aria-label={t('like.table')} tabIndex={0}>
      <table className="table">
        <caption className="sr-only">{t('like.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('like.place')}</th>
            {found.measures.map(({ code, word }) => (
              <th key={code} scope="col">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">
              <Raised text={place} />
            </th>
            {found.measures.map(({ code, here }) => (
              <td key={code}>{said(here)}</td>
            ))}
          </tr>
          {found.items.map((each) => (
            <tr key={each.id}>
              <th scope="row">
                <Raised text={each.name} />
              </th>
              {each.figures.map(({ code, there }) => (
                <td key={code}>{said(there)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
