import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Way } from '@/api/shapes';
import { OneField } from './one-field';
import { proveByApp, proveByCode, proveByPasskey, proveByPassword, sendProofCode } from './security-api';
import { sentence } from './sentence';

interface Props {
  /** Open to the reader, the strongest first. */
  ways: readonly Way[];
  onDone: () => void;
}

/** Prove once more that it is you, in one of the ways that are open. */
export function Prove({ ways, onDone }: Props) {
  const { t } = useTranslation('security');
  const { t: common } = useTranslation('common');
  const [way, setWay] = useState<Way | undefined>(ways[0]);
  const [isSent, setSent] = useState(false);
  const passkey = useMutation({ mutationFn: proveByPasskey, onSuccess: onDone });
  const send = useMutation({
    mutationFn: sendProofCode,
    onSuccess: () => {
      setSent(true);
    },
  });
  const typed = useMutation({
    mutationFn: async (value: string): Promise<void> => {
      await (way === 'totp' ? proveByApp(value) : way === 'password' ? proveByPassword(value) : proveByCode(value));
    },
    onSuccess: onDone,
  });
  const shared = {
    act: t('prove.do'),
    isBusy: typed.isPending,
    error: sentence(common, typed.error),
    onSubmit: (value: string) => {
      typed.mutate(value);
    },
    autoFocus: true,
  };
  return (
    <div className="fields">
      {way === 'passkey' && (
        <>
          <button
            type="button"
            className="button"
            disabled={passkey.isPending}
            onClick={() => {
              passkey.mutate();
            }}
          >
            {t('prove.passkey')}
          </button>
          {passkey.isError && (
            <p className="problem" role="alert">
              {sentence(common, passkey.error)}
            </p>
          )}
        </>
      )}
      {way === 'totp' && (
        <OneField
          key="totp"
          {...shared}
          label={common('sign_in.factor_code')}
          hint={common('sign_in.factor_code_why')}
          autoComplete="one-time-code"
          inputMode="numeric"
        />
      )}
      {way === 'password' && (
        <OneField
          key="password"
          {...shared}
          label={common('sign_in.password')}
          type="password"
          autoComplete="current-password"
        />
      )}
      {way === 'code' && !isSent && (
        <>
          <button
            type="button"
            className="button"
            disabled={send.isPending}
            onClick={() => {
              send.mutate();
            }}
          >
            {common('sign_in.send')}
          </button>
          {send.isError && (
            <p className="problem" role="alert">
              {sentence(common, send.error)}
            </p>
          )}
        </>
      )}
      {way === 'code' && isSent && (
        <OneField
          key="code"
          {...shared}
          label={common('sign_in.code')}
          hint={common('sign_in.code_why')}
          autoComplete="one-time-code"
          inputMode="numeric"
        />
      )}
      {ways.length > 1 && (
        <p className="buttons">
          {ways
            .filter((other) => other !== way)
            .map((other) => (
              <button
                key={other}
                type="button"
                className="button bare"
                onClick={() => {
                  typed.reset();
                  setWay(other);
                }}
              >
                {t(`prove.by_${other}`)}
              </button>
            ))}
        </p>
      )}
    </div>
  );
}
