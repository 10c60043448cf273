import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Invitation } from '@/api/shapes';

/** An invitation to share, in each language: ready words to copy, the phone's share sheet, and a poster. */
export function FillingShare({ invitations }: { invitations: readonly Invitation[] }) {
  const { t, i18n } = useTranslation('organiser');
  const [language, setLanguage] = useState(i18n.language);
  const [copied, setCopied] = useState('');
  const invitation = invitations.find((one) => one.language === language) ?? invitations[0];
  if (!invitation) return null;
  const copy = async (what: 'text' | 'short' | 'url') => {
    try {
      await navigator.clipboard.writeText(invitation[what]);
      setCopied(what);
    } catch {
      setCopied('refused');
    }
  };
  const mail = `mailto:?subject=${encodeURIComponent(invitation.subject)}&body=${encodeURIComponent(invitation.text)}`;
  return (
    <section className="panel-section">
      <h3>{t('filling.share')}</h3>
      <p className="note">{t('filling.share_why')}</p>
      {invitations.length > 1 && (
        <div className="filters" role="group" aria-label={t('filling.share_language')}>
          {invitations.map((one) => (
            <button
              key={one.language}
              type="button"
              className="chip"
              lang={one.language}
              aria-pressed={one === invitation}
              onClick={() => {
                setLanguage(one.language);
              }}
            >
              {new Intl.DisplayNames([one.language], { type: 'language' }).of(one.language)}
            </button>
          ))}
        </div>
      )}
      <p lang={invitation.language}>{invitation.short}</p>
      <div className="buttons">
        {'share' in navigator && (
          <button
            type="button"
            className="button"
            onClick={() => {
              void navigator
                .share({ title: invitation.subject, text: invitation.short, url: invitation.url })
                .catch(() => undefined);
            }}
          >
            {t('filling.share_do')}
          </button>
        )}
        <button type="button" className="button line" onClick={() => void copy('short')}>
          {t(copied === 'short' ? 'filling.copied' : 'filling.copy_short')}
        </button>
        <button type="button" className="button line" onClick={() => void copy('text')}>
          {t(copied === 'text' ? 'filling.copied' : 'filling.copy_mail')}
        </button>
        <a className="button line" href={mail}>
          {t('filling.mail')}
        </a>
        <a className="button line" href={invitation.poster} target="_blank" rel="noreferrer">
          {t('filling.poster')}
        </a>
      </div>
      <p role="status" className={copied === 'refused' ? undefined : 'sr-only'}>
        {copied && t(copied === 'refused' ? 'filling.copy_refused' : 'filling.copied')}
      </p>
    </section>
  );
}
