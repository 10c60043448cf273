import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '@/ui/field';

interface Props {
  isPending: boolean;
  onSend: (reason: string) => void;
}

/** "I would go, and something prevents it": one press opens the line in which to say what. */
export function WhatPrevents({ isPending, onSend }: Props) {
  const { t } = useTranslation('member');
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  if (!isAsking) {
    return (
      <button
        type="button"
        className="button bare wide"
        onClick={() => {
          setAsking(true);
        }}
      >
        {t('card.prevents')}
      </button>
    );
  }
  return (
    <form
      className="fields"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim()) onSend(reason.trim());
      }}
    >
      <Field
        label={t('card.prevents_what')}
        hint={t('card.prevents_why')}
        maxLength={280}
        value={reason}
        onChange={(event) => {
          setReason(event.target.value);
        }}
      />
      <button type="submit" className="button line" disabled={isPending || !reason.trim()}>
        {t('card.prevents_send')}
      </button>
    </form>
  );
}
