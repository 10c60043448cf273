import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Raised } from '@/ui/raised';

/** In the first thirty days of a term: where to begin. */
export function NewInSeat({ term }: { term: { id: string; seat: string; name: string } }) {
  const { t } = useTranslation('member');
  return (
    <section className="card" aria-labelledby={`new-${term.id}`}>
      <h2 id={`new-${term.id}`}>{t('dossier.new')}</h2>
      <p>
        <Raised text={t('dossier.new_why', { place: term.name })} />
      </p>
      <Link className="button line" to={`/seat/dossier?seat=${term.seat}`}>
        {t('dossier.open')}
      </Link>
    </section>
  );
}
