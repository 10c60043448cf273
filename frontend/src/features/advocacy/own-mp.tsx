import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { officeHolderQuery } from './api';
import { WhatWeKnow } from './what-we-know';

/** What is known of whoever sits for a place, to who holds the place: where they stand, and each contact with them. */
export function OwnMp({ area }: { area: string }) {
  const { t } = useTranslation('advocacy');
  const { data } = useQuery(officeHolderQuery(area));
  if (!data) return null;
  return (
    <section className="card" aria-labelledby={`known-${area}`}>
      <h2 id={`known-${area}`}>{t('mine.title')}</h2>
      <p className="note">{data.full_name}</p>
      <WhatWeKnow holder={data.id} />
    </section>
  );
}
