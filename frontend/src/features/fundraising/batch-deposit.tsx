import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { Batch, RecipientKept } from '@/api/shapes';
import { Field } from '@/ui/field';
import { Trouble } from '@/ui/trouble';
import { booksKey, depositBatch } from './books-api';
import { typedAmount } from './give/money';

/** What the slip says; where it says another sum than the rows, nothing is locked. */
export function BatchDeposit({ batch, recipient }: { batch: Batch; recipient: RecipientKept }) {
  const { t, i18n } = useTranslation('money');
  const queries = useQueryClient();
  const [said, setSaid] = useState({ slip: batch.slip, bank: batch.bank, deposited_on: '', total: '' });
  const [isNoAmount, setNoAmount] = useState(false);
  const deposit = useMutation({
    mutationFn: (total: number) => depositBatch(batch.id, { ...said, total }),
    onSuccess: () => queries.invalidateQueries({ queryKey: booksKey(recipient.code) }),
  });
  const fields = deposit.isError ? asProblem(deposit.error).fields : {};
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    const total = typedAmount(said.total, i18n.language);
    setNoAmount(!('cents' in total));
    if ('cents' in total) deposit.mutate(total.cents);
  }
  const change = (part: Partial<typeof said>) => {
    setSaid({ ...said, ...part });
  };
  const needsSlip = batch.method !== 'transfer';
  return (
    <form className="deposit" onSubmit={onSubmit} noValidate aria-label={t('batches.deposit_title')}>
      <h3>{t(needsSlip ? 'batches.deposit_title' : 'batches.receive_title')}</h3>
      <p className="hint">{t(needsSlip ? 'batches.deposit_why' : 'batches.receive_why')}</p>
      <div className="entry-grid">
        {needsSlip && (
          <>
            <Field
              label={t('batches.slip_number')}
              value={said.slip}
              maxLength={32}
              error={fields.slip?.[0]}
              onChange={(event) => {
                change({ slip: event.target.value });
              }}
            />
            <Field
              label={t('batches.bank')}
              value={said.bank}
              maxLength={80}
              onChange={(event) => {
                change({ bank: event.target.value });
              }}
            />
          </>
        )}
        <Field
          label={t(needsSlip ? 'batches.deposited_on' : 'batches.checked_on')}
          type="date"
          value={said.deposited_on}
          error={fields.deposited_on?.[0]}
          onChange={(event) => {
            change({ deposited_on: event.target.value });
          }}
        />
        <Field
          label={t(needsSlip ? 'batches.slip_total' : 'batches.rows_total')}
          inputMode="decimal"
          value={said.total}
          error={isNoAmount ? t('batches.no_amount') : fields.total?.[0]}
          onChange={(event) => {
            change({ total: event.target.value });
          }}
        />
      </div>
      {deposit.isError && Object.keys(fields).length === 0 && <Trouble error={deposit.error} />}
      <div className="buttons">
        <button type="submit" className="button" disabled={deposit.isPending || batch.rows.length === 0}>
          {t(needsSlip ? 'batches.deposit' : 'batches.receive')}
        </button>
      </div>
    </form>
  );
}
