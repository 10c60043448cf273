import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { asProblem } from '@/api/problem';
import type { Me } from '@/api/shapes';
import { vaultOrder } from '@/api/vault-order';
import { vault } from '@/lib/vault';
import { Dialog } from '@/ui/dialog';
import { Field } from '@/ui/field';
import { Trouble } from '@/ui/trouble';
import { eraseMe } from './own-api';

const home = () => `/${document.documentElement.lang}/`;

/** Be forgotten: says what goes and what stays, and asks for the address, since nothing brings it back. */
export function OwnErasure({ me }: { me: Me }) {
  const { t } = useTranslation('member');
  // A link that promised the last step (`?erase`) leads to it.
  const [isAsking, setAsking] = useState(useSearchParams()[0].has('erase'));
  const [email, setEmail] = useState('');
  const erase = useMutation({
    mutationFn: eraseMe,
    onMutate: () => {
      vaultOrder.thenGoTo(home());
    },
    onSuccess: async () => {
      await vault.clear().catch(() => undefined);
      location.assign(home());
    },
  });
  const mistake = erase.isError ? asProblem(erase.error).fields.email?.[0] : undefined;
  const seats = me.grants.filter((grant) => grant.role === 'relay').length;
  return (
    <section className="card" aria-labelledby="erase">
      <h2 id="erase">{t('own.erase')}</h2>
      <p>{t('own.erase_why')}</p>
      <button
        type="button"
        className="button stop"
        onClick={() => {
          setAsking(true);
        }}
      >
        {t('own.erase_do')}
      </button>
      {isAsking && (
        <Dialog
          title={t('own.erase_sure')}
          role="alertdialog"
          onClose={() => {
            setAsking(false);
          }}
        >
          <form
            className="fields"
            onSubmit={(event) => {
              event.preventDefault();
              erase.mutate(email);
            }}
          >
            <p>{t('own.erase_goes')}</p>
            {me.grants.length > 0 && (
              <p>
                {t('own.erase_roles', { count: me.grants.length })}
                {seats > 0 && ` ${t('own.erase_seats', { count: seats })}`}
              </p>
            )}
            <p className="muted">{t('own.erase_stays')}</p>
            <Field
              label={t('own.erase_type', { email: me.email })}
              type="email"
              autoComplete="off"
              required
              value={email}
              error={mistake}
              onChange={(event) => {
                setEmail(event.target.value);
              }}
            />
            {erase.isError && !mistake && <Trouble error={erase.error} kept={t('own.erase_nothing')} />}
            <div className="buttons">
              <button
                type="button"
                className="button line"
                onClick={() => {
                  setAsking(false);
                }}
              >
                {t('own.erase_not')}
              </button>
              <button type="submit" className="button stop" disabled={erase.isPending}>
                {t('own.erase_do')}
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </section>
  );
}
