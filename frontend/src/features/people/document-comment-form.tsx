import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { DocumentVersion } from '@/api/shapes';
import { day } from '@/lib/format';
import { Field } from '@/ui/field';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { commentDocument, documentQueries } from './document-api';

interface Props {
  version: DocumentVersion;
  /** The paragraph that was chosen; null for the whole text. */
  paragraph: number | null;
  onWhole: () => void;
}

/** Say something about a proposed version, on a paragraph or the whole. */
export function DocumentCommentForm({ version, paragraph, onWhole }: Props) {
  const { t } = useTranslation('common');
  const queries = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const [words, setWords] = useState('');
  const say = useMutation({
    mutationFn: commentDocument,
    onSuccess: (comments) => {
      setWords('');
      onWhole();
      queries.setQueryData(documentQueries.comments(version.id).queryKey, comments);
    },
  });
  useEffect(() => {
    if (paragraph !== null) form.current?.querySelector('textarea')?.focus();
  }, [paragraph]);

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    say.mutate({ id: version.id, language: version.language, paragraph, words });
  }
  const fields = say.isError ? asProblem(say.error).fields : {};
  const wrong = fields['words']?.[0] ?? fields['paragraph']?.[0];
  return (
    <form className="fields" onSubmit={onSubmit} noValidate ref={form}>
      <Field
        label={paragraph === null ? t('charter.say_whole') : t('charter.say_paragraph', { number: paragraph + 1 })}
        hint={<Raised text={t('charter.say_why', { day: day(version.comments_until ?? '') })} />}
        rows={4}
        maxLength={2000}
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
        }}
        error={wrong}
      />
      {say.isError && !wrong && <Trouble error={say.error} kept={t('charter.kept')} />}
      <div className="buttons">
        <button type="submit" className="button" disabled={say.isPending}>
          {t('charter.say')}
        </button>
        {paragraph !== null && (
          <button type="button" className="button bare" onClick={onWhole}>
            {t('charter.whole_instead')}
          </button>
        )}
      </div>
      {say.isSuccess && !words && (
        <p className="notice is-good" role="status">
          {t('charter.said')}
        </p>
      )}
    </form>
  );
}
