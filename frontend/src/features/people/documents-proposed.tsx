import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Charter } from '@/api/shapes';
import { day } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { WaitingCard } from '@/ui/waiting-card';

/** A version of the charter is proposed, or words beside a box of a form, and I may say what I think of it; else nothing. */
export function DocumentsProposed({ charter }: { charter: Charter }) {
  const { t } = useTranslation('common');
  const { under_way: underWay, proposed_wordings: wordings } = charter;
  return (
    <>
      {underWay?.state === 'proposed' && (
        <Proposed proposed={underWay} title={t('charter.proposed')} to={t('charter.read_and_comment')} />
      )}
      {wordings.map((wording) => (
        <Proposed
          key={wording.id}
          proposed={wording}
          title={t('charter.proposed_words', { title: wording.title })}
          to={t('charter.read_words', { title: wording.title })}
        />
      ))}
    </>
  );
}

function Proposed({ proposed, title, to }: { proposed: Charter['versions'][number]; title: string; to: string }) {
  const { t } = useTranslation('common');
  return (
    <WaitingCard id={`proposed-${proposed.id}`} turn="also" title={title}>
      <p>
        <Raised text={t('charter.proposed_until', { day: day(proposed.comments_until ?? '') })} />
      </p>
      <Link className="button line" to={`/charter?version=${proposed.id}`}>
        {to}
      </Link>
    </WaitingCard>
  );
}
