import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { OneField } from './one-field';
import { hasPasskeys } from './passkeys';
import { sentence } from './sentence';
import { proveFactor, proveFactorByPasskey } from './sign-in-api';

/** The second step of signing in, for who has set one up. */
export function FactorStep({ onDone, onBack }: { onDone: () => void; onBack: () => void }) {
  const { t } = useTranslation('common');
  const byCode = useMutation({ mutationFn: proveFactor, onSuccess: onDone });
  const byPasskey = useMutation({ mutationFn: proveFactorByPasskey, onSuccess: onDone });
  return (
    <div className="fields">
      <p>{t('sign_in.factor_why')}</p>
      <OneField
        label={t('sign_in.factor_code')}
        hint={t('sign_in.factor_code_why')}
        act={t('sign_in.enter')}
        isBusy={byCode.isPending}
        error={sentence(t, byCode.error)}
        onSubmit={(code) => {
          byCode.mutate(code);
        }}
        autoComplete="one-time-code"
        inputMode="numeric"
        autoFocus
      >
        <button className="button bare" type="button" onClick={onBack}>
          {t('sign_in.other_address')}
        </button>
      </OneField>
      {hasPasskeys() && (
        <button
          className="button line"
          type="button"
          disabled={byPasskey.isPending}
          onClick={() => {
            byPasskey.mutate();
          }}
        >
          {t('sign_in.passkey')}
        </button>
      )}
      {byPasskey.isError && (
        <p className="problem" role="alert">
          {sentence(t, byPasskey.error)}
        </p>
      )}
    </div>
  );
}
