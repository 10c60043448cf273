import { useTranslation } from 'react-i18next';
import type { PersonRow } from '@/api/shapes';

/** How somebody is reached; an address that its owner has not confirmed is no link, and says so. */
export function Contacts({ contacts }: Pick<PersonRow, 'contacts'>) {
  const { t } = useTranslation('common');
  return contacts.map(({ channel, value, is_verified }, index) => (
    <span key={`${channel}${value}`}>
      {index > 0 && ', '}
      {channel === 'post' || (channel === 'email' && !is_verified) ? (
        <>
          {value} {!is_verified && <small className="muted">({t('unproved')})</small>}
        </>
      ) : (
        <a href={`${channel === 'email' ? 'mailto' : 'tel'}:${value}`}>{value}</a>
      )}
    </span>
  ));
}
