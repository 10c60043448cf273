import { useTranslation } from 'react-i18next';
import { isRouteErrorResponse, Link, useRouteError } from 'react-router';

/** An address that leads nowhere, or a screen that broke: what happened, and two ways on. */
export function Lost() {
  const { t } = useTranslation('common');
  const error = useRouteError();
  const isBroken = error !== undefined && !(isRouteErrorResponse(error) && error.status === 404);
  return (
    <div className="gate">
      <main id="main">
        <h1>{isBroken ? t('lost.broken') : t('lost.title')}</h1>
        <p className="muted">{isBroken ? t('lost.broken_why') : t('lost.why')}</p>
        <div className="buttons">
          {isBroken && (
            <button
              type="button"
              className="button"
              onClick={() => {
                location.reload();
              }}
            >
              {t('lost.reload')}
            </button>
          )}
          <Link className="button line" to="/">
            {t('lost.home')}
          </Link>
        </div>
      </main>
    </div>
  );
}
