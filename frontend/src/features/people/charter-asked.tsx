import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { day } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { type Turn, WaitingCard } from '@/ui/waiting-card';

interface Props {
  /** Of the version in force. */
  version: string;
  /** The day until which it is agreed to. */
  by: string;
  turn: Turn;
}

/** The charter in force waits for my agreement. */
export function CharterAsked({ version, by, turn }: Props) {
  const { t } = useTranslation('common');
  return (
    <WaitingCard id="charter-asked" turn={turn} title={t('charter.asked')}>
      <p>
        <Raised text={t('charter.asked_why', { day: day(by) })} />
      </p>
      <Link className="button" to={`/charter?version=${version}`}>
        {t('charter.read_and_agree')}
      </Link>
    </WaitingCard>
  );
}
