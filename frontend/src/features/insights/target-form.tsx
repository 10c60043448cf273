import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { ProgressRead } from '@/api/shapes';
import { Dialog } from '@/ui/dialog';
import { Field } from '@/ui/field';
import { Trouble } from '@/ui/trouble';
import { setTarget } from './api';

interface Props {
  network: string;
  target: ProgressRead['target'];
  onClose: () => void;
}

/** Aim at a share of the seats, by a day or without one; set anew at any time. */
export function TargetForm({ network, target, onClose }: Props) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const [percent, setPercent] = useState(String(target.percent));
  const [day, setDay] = useState(target.by_day ?? '');
  const aim = useMutation({
    mutationFn: setTarget,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['insights', network, 'progress'] });
      onClose();
    },
  });
  const fields = aim.isError ? asProblem(aim.error).fields : {};
  function submit(event: FormEvent) {
    event.preventDefault();
    aim.mutate({ network, percent: percent.replace(',', '.'), by_day: day || null });
  }
  return (
    <Dialog title={t('insights.aim')} onClose={onClose}>
      <form className="fields" onSubmit={submit}>
        <Field
          label={t('insights.aim_percent')}
          hint={t('insights.aim_percent_why')}
          inputMode="decimal"
          required
          value={percent}
          error={fields.percent?.[0]}
          onChange={(event) => {
            setPercent(event.target.value);
          }}
        />
        <Field
          label={t('insights.aim_day')}
          hint={t('insights.aim_day_why')}
          type="date"
          value={day}
          error={fields.by_day?.[0]}
          onChange={(event) => {
            setDay(event.target.value);
          }}
        />
        {aim.isError && Object.keys(fields).length === 0 && <Trouble error={aim.error} />}
        <div className="buttons">
          <button type="submit" className="button" disabled={aim.isPending}>
            {t('insights.aim_do')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
