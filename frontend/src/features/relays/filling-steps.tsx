import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import { type SeatToFillWhole, WRITTEN_STEPS, type WrittenStep } from '@/api/shapes';
import { day } from '@/lib/format';
import { Field } from '@/ui/field';
import { Raised } from '@/ui/raised';
import { Select } from '@/ui/select';
import { Trouble } from '@/ui/trouble';
import { doAboutSeat } from './filling-api';

const MOST = 280;

/** What was tried for a seat, the latest first, and a line to write the next one down. */
export function FillingSteps({ seat }: { seat: SeatToFillWhole }) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const [step, setStep] = useState<WrittenStep>('called_section');
  const [words, setWords] = useState('');
  const act = useMutation({
    mutationFn: doAboutSeat,
    onSuccess: () => {
      setWords('');
      return queries.invalidateQueries({ queryKey: ['relays', 'filling'] });
    },
  });
  const wrong = act.isError ? asProblem(act.error).fields.words?.[0] : undefined;
  return (
    <section className="panel-section">
      <h3>{t('filling.tried')}</h3>
      {seat.steps.length === 0 && <p className="muted">{t('filling.nothing_tried')}</p>}
      <ul className="plain">
        {seat.steps.map((one) => (
          <li key={one.id}>
            {one.count === null
              ? t(`filling.step_${one.kind}`)
              : t(`filling.step_${one.kind}_many`, { count: one.count })}
            {one.words && `: ${one.words}`}{' '}
            <small>
              <Raised
                text={[one.by && (one.by.is_me ? t('filling.me') : one.by.name), day(one.at)]
                  .filter(Boolean)
                  .join(', ')}
              />
            </small>
            {one.can_take_back && (
              <button
                type="button"
                className="button bare"
                disabled={act.isPending}
                aria-label={t('filling.unstep', { what: t(`filling.step_${one.kind}`) })}
                onClick={() => {
                  act.mutate({ id: seat.id, deed: { kind: 'unstep', step: one.id } });
                }}
              >
                {t('filling.unstep_short')}
              </button>
            )}
          </li>
        ))}
      </ul>
      <form
        className="fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate({ id: seat.id, deed: { kind: 'step', step, words } });
        }}
      >
        <Select
          label={t('filling.step_kind')}
          options={WRITTEN_STEPS.map((kind) => ({ value: kind, label: t(`filling.step_${kind}`) }))}
          value={step}
          onChange={(event) => {
            setStep(event.target.value as WrittenStep);
          }}
        />
        <Field
          label={t('filling.step_words')}
          hint={t('filling.no_names')}
          maxLength={MOST}
          value={words}
          error={wrong}
          onChange={(event) => {
            setWords(event.target.value);
          }}
        />
        {act.isError && !wrong && <Trouble error={act.error} kept={t('filling.unchanged')} />}
        <div className="buttons">
          <button type="submit" className="button line" disabled={act.isPending}>
            {t('filling.step_do')}
          </button>
        </div>
      </form>
    </section>
  );
}
