import { useTranslation } from 'react-i18next';
import type { Assignment } from '@/api/shapes';
import { useOnline } from '@/lib/use-online';

/** The brief as the organiser wrote it, cleaned by the server; says when it is not in the reader's language. */
export function BriefCard({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation('member');
  const isOnline = useOnline();
  const { action } = assignment;
  return (
    <section className="card" aria-labelledby="brief">
      <h2 id="brief">{t('brief.title')}</h2>
      {action.is_fallback && <p className="notice">{t('brief.fallback')}</p>}
      <div className="prose" lang={action.language} dangerouslySetInnerHTML={{ __html: action.brief_html }} />
      <p className="note">
        {t('brief.copy', { name: assignment.copy_of, version: assignment.version })} {t('brief.who_reads')}
      </p>
      {isOnline ? (
        <p>
          <a className="button line" href={assignment.paper}>
            {t('brief.print')}
          </a>
        </p>
      ) : (
        <p className="note">{t('brief.print_offline')}</p>
      )}
    </section>
  );
}
