import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import { Dialog } from '@/ui/dialog';
import { Field } from '@/ui/field';
import { Trouble } from '@/ui/trouble';
import { askAddress } from './corrections-api';

/** Another e-mail address: a mail asks it, another one tells the present address, and only then anything changes. */
export function CorrectAddress({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('member');
  const [email, setEmail] = useState('');
  const ask = useMutation({ mutationFn: askAddress });
  const mistake = ask.isError ? asProblem(ask.error).fields.email?.[0] : undefined;
  function submit(event: FormEvent) {
    event.preventDefault();
    ask.mutate(email);
  }
  return (
    <Dialog title={t('correct.address')} onClose={onClose}>
      {ask.isSuccess ? (
        <>
          <p role="status">{t('correct.address_asked', { email: ask.variables.trim() })}</p>
          <div className="buttons">
            <button type="button" className="button" onClick={onClose}>
              {t('correct.close')}
            </button>
          </div>
        </>
      ) : (
        <form className="fields" onSubmit={submit} noValidate>
          <p>{t('correct.address_why')}</p>
          <Field
            label={t('correct.address_field')}
            type="email"
            autoComplete="email"
            required
            maxLength={254}
            value={email}
            error={mistake}
            onChange={(event) => {
              setEmail(event.target.value);
            }}
          />
          {ask.isError && !mistake && <Trouble error={ask.error} kept={t('correct.unchanged')} />}
          <div className="buttons">
            <button type="submit" className="button" disabled={ask.isPending}>
              {t('correct.address_do')}
            </button>
            <button type="button" className="button line" onClick={onClose}>
              {t('common:cancel')}
            </button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
