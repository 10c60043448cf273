import { useTranslation } from 'react-i18next';
import { OneField } from './one-field';
import { resetFactors } from './security-api';
import { sentence } from './sentence';
import { useChange } from './use-change';

/** For administrators: somebody lost their second factors and their recovery codes. */
export function ResetFactors() {
  const { t } = useTranslation('security');
  const { t: common } = useTranslation('common');
  const reset = useChange(resetFactors);
  return (
    <section className="card" aria-labelledby="reset">
      <h2 id="reset">{t('reset.title')}</h2>
      <p className="note">{t('reset.why')}</p>
      <OneField
        label={t('reset.email')}
        act={t('reset.do')}
        isBusy={reset.isPending}
        error={sentence(common, reset.error)}
        type="email"
        autoComplete="off"
        onSubmit={(email) => {
          reset.mutate(email);
        }}
      />
      <p className="note" role="status">
        {reset.isSuccess && t('reset.done')}
      </p>
    </section>
  );
}
