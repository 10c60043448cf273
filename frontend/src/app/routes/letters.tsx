import { useTranslation } from 'react-i18next';
import { Letters as List } from '@/features/messaging/letters';

/** Letters to print and calls to make, for whom no mail reaches. */
export function Letters() {
  const { t } = useTranslation('member');
  return (
    <>
      <div className="whole">
        <h1>{t('letters.title')}</h1>
        <p>{t('letters.why')}</p>
      </div>
      <div className="member-column">
        <List />
      </div>
    </>
  );
}
