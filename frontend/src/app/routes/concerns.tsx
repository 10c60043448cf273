import { useTranslation } from 'react-i18next';
import { ConcernsRead } from '@/features/relays/concerns-read';

/** What is told in confidence, for the one person with whom it stands. */
export function Concerns() {
  const { t } = useTranslation('member');
  return (
    <>
      <div className="whole">
        <h1>{t('concerns.title')}</h1>
        <p>{t('concerns.why')}</p>
      </div>
      <div className="member-column">
        <ConcernsRead />
      </div>
    </>
  );
}
