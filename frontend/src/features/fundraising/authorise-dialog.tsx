import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { DonationCard } from '@/api/shapes';
import { Dialog } from '@/ui/dialog';
import { Field } from '@/ui/field';
import { Trouble } from '@/ui/trouble';
import { AuthorisationFields, NOTHING_SAID } from './authorisation-fields';
import { inCents, inEuros } from './cents';
import { authoriseRefund, touchedByRefund } from './refunds-api';

interface Props {
  donation: DonationCard;
  /** Cents for which the agent's word is still missing. */
  missing: number;
  onClose: () => void;
}

/** Write down that the agent agreed that money goes back, before it does. */
export function AuthoriseDialog({ donation, missing, onClose }: Props) {
  const { t } = useTranslation('money');
  const queries = useQueryClient();
  const key = useRef(crypto.randomUUID());
  const [amount, setAmount] = useState(inEuros(missing));
  const [said, setSaid] = useState(NOTHING_SAID);
  const [isNoAmount, setNoAmount] = useState(false);
  const authorise = useMutation({
    mutationFn: (cents: number) => authoriseRefund(donation.id, { ...said, amount: cents }, key.current),
    onSuccess: async () => {
      onClose();
      await Promise.all(touchedByRefund(donation.id).map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  });
  const wrong = authorise.isError ? asProblem(authorise.error).fields : {};
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    const cents = inCents(amount);
    setNoAmount(!cents);
    if (cents) authorise.mutate(cents);
  }
  return (
    <Dialog title={t('back.authorise_title')} onClose={onClose}>
      <form className="fields" onSubmit={onSubmit} noValidate>
        <p>{t('back.authorise_why')}</p>
        <AuthorisationFields said={said} wrong={wrong} onChange={setSaid} />
        <Field
          label={t('back.up_to')}
          inputMode="decimal"
          value={amount}
          error={isNoAmount ? t('batches.no_amount') : wrong.amount?.[0]}
          onChange={(event) => {
            setAmount(event.target.value);
          }}
        />
        {authorise.isError && Object.keys(wrong).length === 0 && (
          <Trouble error={authorise.error} kept={t('fund.kept')} />
        )}
        <div className="buttons">
          <button type="submit" className="button" disabled={authorise.isPending}>
            {t('back.authorise_do')}
          </button>
          <button type="button" className="button line" onClick={onClose}>
            {t('batches.leave')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
