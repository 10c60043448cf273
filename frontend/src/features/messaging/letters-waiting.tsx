import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { lettersQuery } from './letters-api';

/** Today's reminder that somebody without e-mail waits for a letter or a call; nothing while nobody does. */
export function LettersWaiting() {
  const { t } = useTranslation('member');
  const list = useInfiniteQuery(lettersQuery);
  const count = list.data?.pages[0]?.items.filter((row) => !row.done_at).length ?? 0;
  if (count === 0) return null;
  return (
    <section className="card" aria-labelledby="letters-waiting">
      <h2 id="letters-waiting">{t('letters.title')}</h2>
      <p>{t('letters.waiting', { count })}</p>
      <p>
        <Link className="button line" to="/letters">
          {t('letters.go')}
        </Link>
      </p>
    </section>
  );
}
