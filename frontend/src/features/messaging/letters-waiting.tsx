import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Turn, WaitingCard } from '@/ui/waiting-card';

/** Today's reminder that somebody without e-mail waits for a letter or a call. */
export function LettersWaiting({ count, turn }: { count: number; turn: Turn }) {
  const { t } = useTranslation('member');
  return (
    <WaitingCard id="letters-waiting" turn={turn} note={t('letters.title')} title={t('letters.waiting', { count })}>
      <p>
        <Link className="button line" to="/letters">
          {t('letters.go')}
        </Link>
      </p>
    </WaitingCard>
  );
}
