import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { PageDecision } from '@/api/shapes';
import { Field } from '@/ui/field';
import { Select } from '@/ui/select';
import { Trouble } from '@/ui/trouble';
import { decide, moderationQuery, type Target } from './pages-api';

const REASONS = ['illegal', 'hate', 'impersonation', 'privacy', 'misleading', 'other'] as const;

interface Props {
  target: Target;
  isHidden: boolean;
  /** Somebody waits for an answer: then nothing is kept without reasons either. */
  isReported: boolean;
}

/** Keep it shown or hide it, with the reasons that whoever it concerns reads. */
export function PageDecisionForm({ target, isHidden, isReported }: Props) {
  const { t } = useTranslation('money');
  const queries = useQueryClient();
  const [reason, setReason] = useState<(typeof REASONS)[number] | ''>('');
  const [words, setWords] = useState('');
  const deciding = useMutation({
    mutationFn: decide,
    onSuccess: () => {
      setReason('');
      setWords('');
      return queries.invalidateQueries({ queryKey: moderationQuery.queryKey });
    },
  });
  const wrong = deciding.isError ? asProblem(deciding.error).fields : {};
  const to = (decision: PageDecision['to']) => () => {
    deciding.mutate({ target, to: decision, reason: decision === 'hide' ? reason : '', words });
  };
  return (
    <form
      className="fields"
      onSubmit={(event) => {
        event.preventDefault();
      }}
      noValidate
    >
      {!isHidden && (
        <Select
          label={t('pages.why_hide')}
          error={wrong.reason?.[0]}
          options={[
            { value: '', label: t('pages.choose') },
            ...REASONS.map((each) => ({ value: each, label: t(`pages.reason.${each}`) })),
          ]}
          value={reason}
          onChange={(event) => {
            setReason(event.target.value as typeof reason);
          }}
        />
      )}
      <Field
        label={t('pages.words')}
        hint={t('pages.words_hint')}
        rows={3}
        maxLength={2000}
        value={words}
        error={wrong.words?.[0]}
        onChange={(event) => {
          setWords(event.target.value);
        }}
      />
      {deciding.isError && <Trouble error={deciding.error} kept={t('fund.kept')} />}
      <div className="buttons">
        <button
          type="button"
          className="button"
          disabled={deciding.isPending || ((isHidden || isReported) && !words.trim())}
          onClick={to('keep')}
        >
          {t(isHidden ? 'pages.show_again' : 'pages.keep')}
        </button>
        {!isHidden && (
          <button
            type="button"
            className="button stop"
            disabled={deciding.isPending || !reason || !words.trim()}
            onClick={to('hide')}
          >
            {t('pages.hide')}
          </button>
        )}
      </div>
    </form>
  );
}
