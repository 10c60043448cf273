import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

/** An address that leads nowhere. */
export function Lost() {
  const { t } = useTranslation('common');
  return (
    <div className="gate">
      <main id="main">
        <h1>{t('lost.title')}</h1>
        <p className="muted">{t('lost.why')}</p>
        <div className="buttons">
          <Link className="button line" to="/">
            {t('lost.home')}
          </Link>
        </div>
      </main>
    </div>
  );
}
