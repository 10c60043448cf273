import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalParagraph } from '@/api/shapes';
import { Field } from '@/ui/field';
import { Trouble } from '@/ui/trouble';
import { actionQueries, removeParagraph, writeParagraph } from './api';

interface Props {
  actionId: string;
  /** What is written, or was taken out: it can then be put back as it was. */
  paragraph: LocalParagraph;
  isTakenOut: boolean;
  onTakenOut: () => void;
}

/** A paragraph of a place that the reader organises: changed, taken out, put back. */
export function ParagraphForm({ actionId, paragraph, isTakenOut, onTakenOut }: Props) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const { area, language } = paragraph;
  const [words, setWords] = useState(paragraph.words);
  const version = isTakenOut ? 0 : paragraph.version;
  const write = useMutation({
    mutationFn: writeParagraph,
    onSuccess: (all) => {
      queries.setQueryData(actionQueries.paragraphs(actionId).queryKey, all);
    },
  });
  const remove = useMutation({
    mutationFn: removeParagraph,
    onSuccess: (all) => {
      onTakenOut();
      queries.setQueryData(actionQueries.paragraphs(actionId).queryKey, all);
    },
  });
  return (
    <div className="fields">
      <Field
        label={`${area.name}, ${t(`paragraphs.language_${language}`)}`}
        hint={isTakenOut ? t('paragraphs.taken_out') : paragraph.by && t('paragraphs.by', { name: paragraph.by })}
        rows={4}
        maxLength={2000}
        lang={language}
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
        }}
      />
      {write.isError && <Trouble error={write.error} kept={t('paragraphs.kept')} />}
      {remove.isError && <Trouble error={remove.error} />}
      <div className="buttons">
        <button
          type="button"
          className="button line"
          disabled={write.isPending || !words.trim() || (!isTakenOut && words === paragraph.words)}
          onClick={() => {
            write.mutate({ id: actionId, area: area.id, language, words, version });
          }}
        >
          {t(isTakenOut ? 'paragraphs.put_back' : 'paragraphs.save')}
        </button>
        {!isTakenOut && (
          <button
            type="button"
            className="button stop"
            disabled={remove.isPending}
            onClick={() => {
              remove.mutate({ id: actionId, paragraph: paragraph.id, version });
            }}
          >
            {t('paragraphs.remove')}
          </button>
        )}
      </div>
    </div>
  );
}
