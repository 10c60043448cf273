import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { FundChoice } from '@/api/shapes';
import { Dialog } from '@/ui/dialog';
import { Field } from '@/ui/field';
import { Trouble } from '@/ui/trouble';
import { setThreshold } from './figures-api';

interface Props {
  fund: FundChoice;
  /** The threshold that holds. */
  cents: number;
  onClose: () => void;
}

/** Under which amount a donation is a small one. */
export function ThresholdForm({ fund, cents, onClose }: Props) {
  const { t } = useTranslation('money');
  const queries = useQueryClient();
  const [amount, setAmount] = useState(String(cents / 100));
  const setting = useMutation({
    mutationFn: setThreshold,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['fundraising', 'figures'] });
      onClose();
    },
  });
  const fields = setting.isError ? asProblem(setting.error).fields : {};
  function submit(event: FormEvent) {
    event.preventDefault();
    setting.mutate({ code: fund.code, cents: Math.round(Number(amount.replace(',', '.')) * 100) });
  }
  return (
    <Dialog title={t('figures.threshold')} onClose={onClose}>
      <form className="fields" onSubmit={submit}>
        <Field
          label={t('figures.threshold_amount')}
          hint={t('figures.threshold_why')}
          inputMode="decimal"
          required
          value={amount}
          error={fields.small_under?.[0]}
          onChange={(event) => {
            setAmount(event.target.value);
          }}
        />
        {setting.isError && Object.keys(fields).length === 0 && <Trouble error={setting.error} />}
        <div className="buttons">
          <button type="submit" className="button" disabled={setting.isPending}>
            {t('figures.threshold_do')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
