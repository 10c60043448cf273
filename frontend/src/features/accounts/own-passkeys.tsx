import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { Security } from '@/api/shapes';
import { instant } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { OneField } from './one-field';
import { hasPasskeys } from './passkeys';
import { addPasskey, removePasskey } from './security-api';
import { useChange } from './use-change';

/** Passkeys: the telephone, computer or key that signs in by itself. */
export function OwnPasskeys({ passkeys, onAdded }: { passkeys: Security['passkeys']; onAdded?: () => void }) {
  const { t } = useTranslation('security');
  const [isNaming, setNaming] = useState(false);
  const add = useChange(addPasskey, () => {
    setNaming(false);
    onAdded?.();
  });
  const remove = useChange(removePasskey);
  const trouble = add.error ?? remove.error;
  return (
    <section className="card" aria-labelledby="passkeys">
      <h2 id="passkeys">{t('passkeys.title')}</h2>
      <p className="note">{t('passkeys.why')}</p>
      {passkeys.length > 0 && (
        <ul className="rows">
          {passkeys.map((passkey) => (
            <li key={passkey.id}>
              <div>
                <h3>{passkey.name}</h3>
                <p>
                  <Raised
                    text={
                      passkey.last_used_at
                        ? t('used', { at: instant(passkey.last_used_at) })
                        : t('made', { at: instant(passkey.created_at) })
                    }
                  />
                </p>
              </div>
              <button
                type="button"
                className="button line"
                disabled={remove.isPending}
                onClick={() => {
                  remove.mutate(passkey.id);
                }}
              >
                {t('remove')}
                <span className="sr-only"> {passkey.name}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {!hasPasskeys() && <p className="muted">{t('passkeys.not_here')}</p>}
      {hasPasskeys() && !isNaming && (
        <button
          type="button"
          className="button"
          onClick={() => {
            setNaming(true);
          }}
        >
          {t('passkeys.add')}
        </button>
      )}
      {isNaming && (
        <OneField
          label={t('passkeys.name')}
          hint={t('passkeys.name_why')}
          act={t('passkeys.make')}
          isBusy={add.isPending}
          maxLength={60}
          autoFocus
          onSubmit={(name) => {
            add.mutate(name || t('passkeys.unnamed'));
          }}
        />
      )}
      <p className="note" role="status">
        {add.isSuccess && !remove.isSuccess && t('passkeys.added')}
        {remove.isSuccess && t('passkeys.removed')}
      </p>
      {trouble && asProblem(trouble).code === 'passkey_given_up' && (
        <p className="problem" role="alert">
          {t('common:sign_in.passkey_given_up')}
        </p>
      )}
      {trouble && asProblem(trouble).code !== 'passkey_given_up' && <Trouble error={trouble} />}
    </section>
  );
}
