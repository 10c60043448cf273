import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '@/ui/field';
import { FactorStep } from './factor-step';
import { OneField } from './one-field';
import { hasPasskeys } from './passkeys';
import { sentence } from './sentence';
import { confirmCode, requestCode, signInByPasskey, signInByPassword, type Step } from './sign-in-api';

interface Props {
  /** The address is known when a session ended under someone's hands. */
  knownEmail?: string | undefined;
  onDone: () => void;
}

/** An address, then the code that was mailed to it; or a passkey; or a password. Then the second factor, for who has one. */
export function SignIn({ knownEmail = '', onDone }: Props) {
  const { t } = useTranslation('common');
  const [email, setEmail] = useState(knownEmail);
  // The page without a script sends those here who want to use their passkey as a second step.
  const [step, setStep] = useState<'email' | 'code' | 'password' | 'factor'>(
    location.hash === '#factor' ? 'factor' : 'email',
  );
  const codeStep = useRef<HTMLDivElement>(null);
  const go = (next: Step) => {
    if (next === 'done') onDone();
    else setStep('factor');
  };
  const request = useMutation({
    mutationFn: requestCode,
    onSuccess: () => {
      setStep('code');
    },
  });
  const confirm = useMutation({ mutationFn: confirmCode, onSuccess: go });
  const password = useMutation({ mutationFn: signInByPassword, onSuccess: go });
  const passkey = useMutation({ mutationFn: signInByPasskey, onSuccess: go });
  const back = () => {
    confirm.reset();
    request.reset();
    password.reset();
    setStep('email');
  };

  useEffect(() => {
    if (step === 'code' || step === 'password') codeStep.current?.querySelector('input')?.focus();
  }, [step]);

  if (step === 'factor') return <FactorStep onDone={onDone} onBack={back} />;
  if (step === 'code' || step === 'password') {
    return (
      <div className="fields" ref={codeStep}>
        <p>{t(step === 'code' ? 'sign_in.sent_to' : 'sign_in.password_for', { email })}</p>
        <OneField
          key={step}
          label={t(step === 'code' ? 'sign_in.code' : 'sign_in.password')}
          hint={t(step === 'code' ? 'sign_in.code_why' : 'sign_in.password_why')}
          act={t('sign_in.enter')}
          isBusy={confirm.isPending || password.isPending}
          error={sentence(t, step === 'code' ? confirm.error : password.error)}
          onSubmit={(value) => {
            if (step === 'code') confirm.mutate(value);
            else password.mutate({ email: email.trim(), password: value });
          }}
          {...(step === 'code'
            ? { autoComplete: 'one-time-code', autoCapitalize: 'characters', spellCheck: false }
            : { type: 'password', autoComplete: 'current-password' })}
        >
          <button className="button bare" type="button" onClick={back}>
            {t('sign_in.other_address')}
          </button>
        </OneField>
      </div>
    );
  }
  return (
    <form
      className="fields"
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        request.mutate(email.trim());
      }}
    >
      <Field
        label={t('sign_in.email')}
        hint={t('sign_in.email_why')}
        type="email"
        autoComplete="email"
        inputMode="email"
        required
        value={email}
        onChange={(event) => {
          setEmail(event.target.value);
        }}
        error={sentence(t, request.error)}
      />
      <button className="button" type="submit" disabled={request.isPending}>
        {request.isPending ? t('sign_in.sending') : t('sign_in.send')}
      </button>
      <div className="buttons">
        {hasPasskeys() && (
          <button
            className="button line"
            type="button"
            disabled={passkey.isPending}
            onClick={() => {
              passkey.mutate();
            }}
          >
            {t('sign_in.passkey')}
          </button>
        )}
        <button
          className="button bare"
          type="button"
          disabled={!email.trim()}
          onClick={() => {
            setStep('password');
          }}
        >
          {t('sign_in.by_password')}
        </button>
      </div>
      {passkey.isError && (
        <p className="problem" role="alert">
          {sentence(t, passkey.error)}
        </p>
      )}
    </form>
  );
}
