import { useTranslation } from 'react-i18next';
import { Threshold } from './threshold';

/** A screen that broke: what is kept, and two ways on, both of which load everything anew. */
export function Broken() {
  const { t } = useTranslation('common');
  return (
    <Threshold>
      <h1>{t('lost.broken')}</h1>
      <p className="muted">{t('lost.broken_why')}</p>
      <div className="buttons">
        <button
          type="button"
          className="button"
          onClick={() => {
            location.reload();
          }}
        >
          {t('lost.reload')}
        </button>
        <a className="button line" href="/app/">
          {t('lost.home')}
        </a>
      </div>
    </Threshold>
  );
}
