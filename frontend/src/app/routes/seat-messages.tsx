import { useTranslation } from 'react-i18next';
import { Conversations } from '@/features/relays/conversations';

/** What people write to the place that I answer for. */
export function SeatMessages() {
  const { t } = useTranslation('member');
  return (
    <>
      <div className="whole">
        <h1>{t('messages.title')}</h1>
        <p>{t('messages.why')}</p>
      </div>
      <div className="member-column">
        <Conversations />
      </div>
    </>
  );
}
