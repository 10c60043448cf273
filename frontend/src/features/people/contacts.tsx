import { useTranslation } from 'react-i18next';
import type { PersonRow } from '@/api/shapes';

const SCHEMES = { email: 'mailto', phone: 'tel', sms: 'sms' };

interface Props extends Pick<PersonRow, 'contacts'> {
  /** Say of each whether they agreed to be contacted there. */
  saysAgreed?: boolean;
}

/** How somebody is reached; an address that its owner has not confirmed is no link, and says so. */
export function Contacts({ contacts, saysAgreed = false }: Props) {
  const { t } = useTranslation('common');
  return contacts.map(({ channel, value, is_verified, is_chosen }, index) => {
    const notes = [
      ...(is_verified || channel === 'phone' || channel === 'sms' ? [] : [t('unproved')]),
      ...(channel === 'sms' && !saysAgreed ? [t('for_texts')] : []),
      ...(saysAgreed && is_verified ? [t(is_chosen ? `agreed_to_${channel}` : `not_agreed_to_${channel}`)] : []),
    ];
    return (
      <span key={`${channel}${value}`}>
        {index > 0 && ', '}
        {channel === 'post' || (channel === 'email' && !is_verified) ? (
          value
        ) : (
          <a href={`${SCHEMES[channel]}:${value}`}>{value}</a>
        )}
        {notes.length > 0 && <small className="muted"> ({notes.join(', ')})</small>}
      </span>
    );
  });
}
