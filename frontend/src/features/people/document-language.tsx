import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentWords } from '@/api/shapes';
import { Field } from '@/ui/field';
import { Pane } from '@/ui/pane';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { previewDocument } from './document-api';

const LONGEST_CHARTER = 40_000;

interface Props {
  id: string;
  language: string;
  isMain: boolean;
  /** How many letters it takes as a sentence beside a box: one paragraph, whose title is what it is for. */
  most?: number;
  words: DocumentWords;
  errors: Partial<Record<'title' | 'body', string | undefined>>;
  onChange: (part: Partial<DocumentWords>) => void;
}

/** The charter's words in one language, and how they will be read. */
export function DocumentLanguage({ id, language, isMain, most, words, errors, onChange }: Props) {
  const { t } = useTranslation('organiser');
  const [isPreview, setPreview] = useState(false);
  const isWording = most !== undefined;
  const rows: number = isWording ? 6 : 18;
  const preview = useMutation({ mutationFn: previewDocument });
  return (
    <Pane
      title={t(`editor.language_${language}`)}
      note={isWording ? undefined : t(isMain ? 'editor.main' : 'editor.other')}
    >
      <div className="pane-body fields">
        {!isWording && (
          <Field
            label={t('charter.words_title')}
            lang={language}
            maxLength={200}
            value={words.title}
            onChange={(event) => {
              onChange({ title: event.target.value });
            }}
            error={errors.title}
          />
        )}
        <Field
          label={t('charter.words_summary')}
          hint={t(isWording ? 'wordings.summary_why' : 'charter.words_summary_why')}
          lang={language}
          rows={2}
          maxLength={500}
          value={words.summary}
          onChange={(event) => {
            onChange({ summary: event.target.value });
          }}
        />
        {isPreview ? (
          <div className="field">
            <b>{t('charter.words_body')}</b>
            {preview.isPending && <Skeleton lines={6} />}
            {preview.isError && <Trouble error={preview.error} kept={t('common:charter.kept')} />}
            {preview.data !== undefined && (
              <div className="prose" lang={language} dangerouslySetInnerHTML={{ __html: preview.data }} />
            )}
          </div>
        ) : (
          <Field
            label={t('charter.words_body')}
            hint={isWording ? t('wordings.body_why', { count: most }) : t('charter.words_body_why')}
            lang={language}
            rows={rows}
            maxLength={most ?? LONGEST_CHARTER}
            value={words.body}
            onChange={(event) => {
              onChange({ body: event.target.value });
            }}
            error={errors.body}
          />
        )}
        {!isWording && (
          <div>
            <button
              type="button"
              className="button line"
              aria-pressed={isPreview}
              onClick={() => {
                if (!isPreview) preview.mutate({ id, body: words.body });
                setPreview(!isPreview);
              }}
            >
              {t(isPreview ? 'editor.write' : 'editor.preview')}
            </button>
          </div>
        )}
      </div>
    </Pane>
  );
}
