import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { DocumentComment } from '@/api/shapes';
import { Field } from '@/ui/field';
import { Trouble } from '@/ui/trouble';
import { answerComment } from './document-api';

/** Say what becomes of a comment, in words that its author reads; again, to correct them. */
export function DocumentAnswer({ comment }: { comment: DocumentComment }) {
  const { t } = useTranslation('common');
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [words, setWords] = useState(comment.answer);
  const answer = useMutation({
    mutationFn: answerComment,
    onSuccess: (comments) => {
      setOpen(false);
      queries.setQueriesData({ queryKey: ['people', 'charter', 'comments'] }, () => comments);
    },
  });
  if (!isOpen)
    return (
      <button
        type="button"
        className="button bare"
        onClick={() => {
          setOpen(true);
        }}
      >
        {t(comment.state === 'open' ? 'charter.answer' : 'charter.answer_again')}
      </button>
    );
  const fields = answer.isError ? asProblem(answer.error).fields : {};
  const send = (state: 'taken_in' | 'not_taken') => {
    answer.mutate({ id: comment.id, state, answer: words });
  };
  return (
    <div className="fields">
      <Field
        label={t('charter.answer_words')}
        rows={3}
        maxLength={2000}
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
        }}
        error={fields['answer']?.[0]}
      />
      {answer.isError && !fields['answer'] && <Trouble error={answer.error} />}
      <div className="buttons">
        {(['taken_in', 'not_taken'] as const).map((state) => (
          <button
            key={state}
            type="button"
            className={state === 'taken_in' ? 'button' : 'button line'}
            disabled={answer.isPending}
            onClick={() => {
              send(state);
            }}
          >
            {t(`charter.do_${state}`)}
          </button>
        ))}
        <button
          type="button"
          className="button bare"
          onClick={() => {
            setOpen(false);
          }}
        >
          {t('cancel')}
        </button>
      </div>
    </div>
  );
}
