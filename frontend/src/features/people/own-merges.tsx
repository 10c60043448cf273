import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { instant } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { ownQuery } from './own-api';

/** That two records of me were joined, when and by whom; nothing where none were. */
export function OwnMerges() {
  const { t } = useTranslation('member');
  const own = useQuery(ownQuery);
  if (!own.data?.merges.length) return null;
  return (
    <section className="card" aria-labelledby="merges">
      <h2 id="merges">{t('own.merges')}</h2>
      <ul className="rows">
        {own.data.merges.map((merge) => (
          <li key={merge.merged_at}>
            <p>
              <Raised
                text={t('own.merged', {
                  at: instant(merge.merged_at),
                  by: merge.by || t('own.reader_gone'),
                  role: merge.role,
                })}
              />
            </p>
            {!merge.is_settled && <p className="note">{t('own.merge_waits')}</p>}
          </li>
        ))}
      </ul>
      <p className="note">{t('own.merges_why')}</p>
    </section>
  );
}
