import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import { Field } from '@/ui/field';
import { confirmCode, requestCode } from './sign-in-api';

interface Props {
  /** The address is known when a session ended under someone's hands. */
  knownEmail?: string | undefined;
  onDone: () => void;
}

/** Two steps, no password: an address, then the code that was mailed to it. */
export function SignIn({ knownEmail = '', onDone }: Props) {
  const { t } = useTranslation('common');
  const [email, setEmail] = useState(knownEmail);
  const [code, setCode] = useState('');
  const [step, setStep] = useState<'email' | 'code'>('email');
  const codeStep = useRef<HTMLFormElement>(null);
  const request = useMutation({
    mutationFn: requestCode,
    onSuccess: () => {
      setCode('');
      setStep('code');
    },
  });
  const confirm = useMutation({ mutationFn: confirmCode, onSuccess: onDone });

  useEffect(() => {
    if (step === 'code') codeStep.current?.querySelector('input')?.focus();
  }, [step]);

  function sentence(error: unknown): string | undefined {
    if (!error) return undefined;
    const problem = asProblem(error);
    if (problem.code === 'network') return t('trouble.network');
    if (problem.code === 'too_many') return t('sign_in.too_many');
    if (problem.code === 'no_pending_code') return t('sign_in.expired');
    return problem.message || t('trouble.unknown');
  }

  if (step === 'email') {
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
          error={sentence(request.error)}
        />
        <button className="button" type="submit" disabled={request.isPending}>
          {request.isPending ? t('sign_in.sending') : t('sign_in.send')}
        </button>
      </form>
    );
  }
  return (
    <form
      className="fields"
      noValidate
      ref={codeStep}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        confirm.mutate(code.trim());
      }}
    >
      <p>{t('sign_in.sent_to', { email })}</p>
      <Field
        label={t('sign_in.code')}
        hint={t('sign_in.code_why')}
        autoComplete="one-time-code"
        autoCapitalize="characters"
        spellCheck={false}
        required
        value={code}
        onChange={(event) => {
          setCode(event.target.value);
        }}
        error={sentence(confirm.error)}
      />
      <div className="buttons">
        <button className="button" type="submit" disabled={confirm.isPending}>
          {t('sign_in.enter')}
        </button>
        <button
          className="button bare"
          type="button"
          onClick={() => {
            confirm.reset();
            request.reset();
            setStep('email');
          }}
        >
          {t('sign_in.other_address')}
        </button>
      </div>
    </form>
  );
}
