import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { DonationCard, Refund } from '@/api/shapes';
import { money } from '@/lib/format';
import { Choices } from '@/ui/choices';
import { Dialog } from '@/ui/dialog';
import { Field } from '@/ui/field';
import { Trouble } from '@/ui/trouble';
import { inCents } from './cents';
import { giveBack, touchedByRefund } from './refunds-api';

interface Props {
  donation: DonationCard;
  /** Cents that may go back now. */
  most: number;
  /** It came by cheque, in cash or by transfer: the treasurer pays it back, and writes it down. */
  isByHand: boolean;
  onDone: (refund: Refund) => void;
  onClose: () => void;
}

/** Give a donation back, whole or in part, once: what is sent twice goes back once. */
export function GiveBackDialog({ donation, most, isByHand, onDone, onClose }: Props) {
  const { t } = useTranslation('money');
  const queries = useQueryClient();
  const key = useRef(crypto.randomUUID());
  const [part, setPart] = useState<'all' | 'some' | ''>('');
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const [day, setDay] = useState('');
  const [isNoAmount, setNoAmount] = useState(false);
  const give = useMutation({
    mutationFn: (cents: number) =>
      giveBack(donation.id, { amount: cents, reason, ...(day && { given_on: day }) }, key.current),
    onSuccess: async (refund) => {
      onDone(refund);
      onClose();
      await Promise.all(touchedByRefund(donation.id).map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  });
  const wrong = give.isError ? asProblem(give.error).fields : {};
  const cents = part === 'all' ? most : part === 'some' ? inCents(amount) : null;
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    setNoAmount(!cents);
    if (cents) give.mutate(cents);
  }
  return (
    <Dialog title={t('back.give_title')} role="alertdialog" onClose={onClose}>
      <form className="fields" onSubmit={onSubmit} noValidate>
        <p>
          {t(
            isByHand
              ? 'back.goes_by_hand'
              : donation.method === 'sepa_debit'
                ? 'back.goes_to_account'
                : 'back.goes_to_card',
          )}
        </p>
        <Choices
          legend={t('back.how_much')}
          options={[
            { value: 'all', label: t('back.all', { amount: money(most, donation.currency) }) },
            { value: 'some', label: t('back.some') },
          ]}
          value={part}
          error={isNoAmount && part === '' ? t('back.choose_how_much') : undefined}
          onChange={setPart}
        />
        {part === 'some' && (
          <Field
            label={t('batches.field_amount')}
            inputMode="decimal"
            value={amount}
            error={isNoAmount ? t('batches.no_amount') : wrong.amount?.[0]}
            onChange={(event) => {
              setAmount(event.target.value);
            }}
          />
        )}
        {isByHand && (
          <Field
            label={t('back.given_on')}
            hint={t('back.given_on_why')}
            type="date"
            value={day}
            error={wrong.given_on?.[0]}
            onChange={(event) => {
              setDay(event.target.value);
            }}
          />
        )}
        <Field
          label={t('back.reason')}
          hint={t('back.reason_why')}
          maxLength={300}
          value={reason}
          error={wrong.reason?.[0]}
          onChange={(event) => {
            setReason(event.target.value);
          }}
        />
        {give.isError && !wrong.reason && !wrong.given_on && !(wrong.amount && part === 'some') && (
          <Trouble error={give.error} kept={t('fund.kept')} />
        )}
        <div className="buttons">
          <button type="submit" className="button" disabled={give.isPending}>
            {cents ? t('back.do', { amount: money(cents, donation.currency) }) : t('back.do_some')}
          </button>
          <button type="button" className="button line" onClick={onClose}>
            {t('batches.leave')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
