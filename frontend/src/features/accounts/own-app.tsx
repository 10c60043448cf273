import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Security } from '@/api/shapes';
import { instant } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { OneField } from './one-field';
import { activateApp, newApp, removeApp } from './security-api';
import { sentence } from './sentence';
import { useChange } from './use-change';

/** An authenticator app: its code to scan, its key to type, and a first code that shows that both agree. */
export function OwnApp({ app, onAdded }: { app: Security['totp']; onAdded?: () => void }) {
  const { t } = useTranslation('security');
  const { t: common } = useTranslation('common');
  const begin = useMutation({ mutationFn: newApp });
  const activate = useChange(activateApp, () => {
    begin.reset();
    onAdded?.();
  });
  const remove = useChange(removeApp);
  const made = begin.data;
  return (
    <section className="card" aria-labelledby="authenticator">
      <h2 id="authenticator">{t('app.title')}</h2>
      <p className="note">{t('app.why')}</p>
      {app && (
        <>
          <p>
            <Raised
              text={
                app.last_used_at
                  ? t('used', { at: instant(app.last_used_at) })
                  : t('made', { at: instant(app.created_at) })
              }
            />
          </p>
          <button
            type="button"
            className="button line"
            disabled={remove.isPending}
            onClick={() => {
              remove.mutate(undefined);
            }}
          >
            {t('app.remove')}
          </button>
        </>
      )}
      {!app && !made && (
        <button
          type="button"
          className="button"
          disabled={begin.isPending}
          onClick={() => {
            begin.mutate();
          }}
        >
          {t('app.add')}
        </button>
      )}
      {!app && made && (
        <>
          <p>{t('app.scan')}</p>
          <img
            className="qr"
            alt={t('app.picture')}
            src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(made.totp_svg)}`}
          />
          <p className="muted">{t('app.or_type')}</p>
          <p>
            <code className="key">{made.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
          </p>
          <OneField
            label={t('app.code')}
            hint={t('app.code_why')}
            act={t('app.activate')}
            isBusy={activate.isPending}
            error={sentence(common, activate.error)}
            autoComplete="one-time-code"
            inputMode="numeric"
            onSubmit={(code) => {
              activate.mutate(code);
            }}
          />
        </>
      )}
      <p className="note" role="status">
        {app ? activate.isSuccess && t('app.added') : remove.isSuccess && t('app.removed')}
      </p>
      {begin.isError && <Trouble error={begin.error} />}
      {remove.isError && <Trouble error={remove.error} />}
    </section>
  );
}
