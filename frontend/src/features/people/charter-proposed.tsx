import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Charter } from '@/api/shapes';
import { day } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { WaitingCard } from '@/ui/waiting-card';

/** A version of the charter is proposed, and I may say what I think of it; else nothing. */
export function CharterProposed({ charter }: { charter: Charter }) {
  const { t } = useTranslation('common');
  const proposed = charter.under_way;
  if (proposed?.state !== 'proposed') return null;
  return (
    <WaitingCard id="charter-proposed" turn="also" title={t('charter.proposed')}>
      <p>
        <Raised text={t('charter.proposed_until', { day: day(proposed.comments_until ?? '') })} />
      </p>
      <Link className="button line" to={`/charter?version=${proposed.id}`}>
        {t('charter.read_and_comment')}
      </Link>
    </WaitingCard>
  );
}
