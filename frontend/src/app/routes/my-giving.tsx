import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { OwnDonations } from '@/features/fundraising/own-donations';
import { OwnGiving } from '@/features/fundraising/own-giving';
import { OwnPages } from '@/features/fundraising/own-pages';

/** What I give, what the law still lets me give, and the pages on which I raise money. */
export function MyGiving() {
  const { t } = useTranslation('giving');
  return (
    <>
      <div className="whole">
        <h1>{t('title')}</h1>
        <p>
          <Link to="/me">{t('back')}</Link>
        </p>
      </div>
      <div className="member-column">
        <OwnGiving />
        <OwnPages />
      </div>
      <div className="member-column">
        <OwnDonations />
      </div>
    </>
  );
}
