import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Trouble } from '@/ui/trouble';
import { OneField } from './one-field';
import { choosePassword, removePassword } from './security-api';
import { sentence } from './sentence';
import { useChange } from './use-change';

/** A password, for who wants one: the code by mail always works. */
export function OwnPassword({ hasPassword }: { hasPassword: boolean }) {
  const { t } = useTranslation('security');
  const { t: common } = useTranslation('common');
  const [isChoosing, setChoosing] = useState(false);
  const choose = useChange(choosePassword, () => {
    setChoosing(false);
  });
  const remove = useChange(removePassword);
  return (
    <section className="card" aria-labelledby="password">
      <h2 id="password">{t('password.title')}</h2>
      <p className="note">{t(hasPassword ? 'password.is_set' : 'password.why')}</p>
      {isChoosing ? (
        <OneField
          label={t('password.new')}
          hint={t('password.new_why')}
          act={t('password.keep')}
          isBusy={choose.isPending}
          error={sentence(common, choose.error)}
          type="password"
          autoComplete="new-password"
          autoFocus
          onSubmit={(password) => {
            choose.mutate(password);
          }}
        />
      ) : (
        <div className="buttons">
          <button
            type="button"
            className="button line"
            onClick={() => {
              setChoosing(true);
            }}
          >
            {t(hasPassword ? 'password.change' : 'password.choose')}
          </button>
          {hasPassword && (
            <button
              type="button"
              className="button bare"
              disabled={remove.isPending}
              onClick={() => {
                remove.mutate(undefined);
              }}
            >
              {t('password.remove')}
            </button>
          )}
        </div>
      )}
      <p className="note" role="status">
        {hasPassword ? choose.isSuccess && t('password.chosen') : remove.isSuccess && t('password.removed')}
      </p>
      {remove.isError && <Trouble error={remove.error} />}
    </section>
  );
}
