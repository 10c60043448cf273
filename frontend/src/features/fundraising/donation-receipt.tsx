import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DonationCard } from '@/api/shapes';
import { dated } from '@/lib/format';
import { Choices } from '@/ui/choices';
import { Dialog } from '@/ui/dialog';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { cancelReceipt, receiptFile, touchedByRefund, type WhyCancelled } from './refunds-api';

type Receipt = NonNullable<DonationCard['receipt']>;

/** The receipt of a donation that counts: printed for who has no mailbox, cancelled where it is mistaken. */
export function DonationReceipt({ donation, receipt }: { donation: DonationCard; receipt: Receipt }) {
  const { t } = useTranslation('money');
  const [isCancelling, setCancelling] = useState(false);
  return (
    <section className="panel-section">
      <h3>{t('receipt.title')}</h3>
      <p>
        <Raised text={t('receipt.made', { number: receipt.number, day: dated(receipt.issued_at) })} />{' '}
        {t(donation.email ? 'receipt.mailed' : 'receipt.to_print')}
      </p>
      <div className="buttons">
        {!donation.email && (
          <a className="button line" href={receiptFile(donation.id)} download>
            {t('receipt.print')}
          </a>
        )}
        <button
          type="button"
          className="button bare"
          onClick={() => {
            setCancelling(true);
          }}
        >
          {t('receipt.cancel')}
        </button>
      </div>
      {isCancelling && (
        <CancelDialog
          donation={donation}
          receipt={receipt}
          onClose={() => {
            setCancelling(false);
          }}
        />
      )}
    </section>
  );
}

function CancelDialog({
  donation,
  receipt,
  onClose,
}: {
  donation: DonationCard;
  receipt: Receipt;
  onClose: () => void;
}) {
  const { t } = useTranslation('money');
  const queries = useQueryClient();
  const [why, setWhy] = useState<WhyCancelled | ''>('');
  const [isAsked, setAsked] = useState(false);
  const cancel = useMutation({
    mutationFn: (said: WhyCancelled) => cancelReceipt(receipt.id, said),
    onSuccess: async () => {
      onClose();
      await Promise.all(touchedByRefund(donation.id).map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  });
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    if (why) cancel.mutate(why);
  }
  return (
    <Dialog title={t('receipt.cancel_title', { number: receipt.number })} role="alertdialog" onClose={onClose}>
      <form className="fields" onSubmit={onSubmit} noValidate>
        <p>{t('receipt.cancel_why')}</p>
        <Choices
          legend={t('receipt.why')}
          options={[
            { value: 'corrected', label: t('receipt.corrected') },
            { value: 'mistaken', label: t('receipt.mistaken') },
          ]}
          value={why}
          error={isAsked && why === '' ? t('receipt.choose') : undefined}
          onChange={setWhy}
        />
        {cancel.isError && <Trouble error={cancel.error} />}
        <div className="buttons">
          <button type="submit" className="button" disabled={cancel.isPending}>
            {t('receipt.cancel')}
          </button>
          <button type="button" className="button line" onClick={onClose}>
            {t('batches.leave')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
