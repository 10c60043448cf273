import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Threshold } from './threshold';

/** An address that leads nowhere. */
export function Lost() {
  const { t } = useTranslation('common');
  return (
    <Threshold>
      <h1>{t('lost.title')}</h1>
      <p className="muted">{t('lost.why')}</p>
      <div className="buttons">
        <Link className="button line" to="/">
          {t('lost.home')}
        </Link>
      </div>
    </Threshold>
  );
}
