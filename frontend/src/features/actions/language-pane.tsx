import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionText } from '@/api/shapes';
import { Field } from '@/ui/field';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { previewBrief } from './api';

interface Props {
  language: string;
  isMain: boolean;
  isReadOnly: boolean;
  actionId: string | undefined;
  text: ActionText;
  titleError: string | undefined;
  briefError: string | undefined;
  onChange: (part: Partial<ActionText>) => void;
}

/** An action's words in one language, and how the relay will read them. */
export function LanguagePane({
  language,
  isMain,
  isReadOnly,
  actionId,
  text,
  titleError,
  briefError,
  onChange,
}: Props) {
  const { t } = useTranslation('organiser');
  const [isPreview, setPreview] = useState(false);
  const preview = useMutation({ mutationFn: previewBrief });
  const heading = `texts-${language}`;
  return (
    <section className="pane" aria-labelledby={heading}>
      <header>
        <h2 id={heading}>{t(`editor.language_${language}`)}</h2>
        <span className="note">{t(isMain ? 'editor.main' : 'editor.other')}</span>
      </header>
      <div className="pane-body fields">
        <Field
          label={t('editor.title')}
          lang={language}
          maxLength={120}
          readOnly={isReadOnly}
          value={text.title}
          onChange={(event) => {
            onChange({ title: event.target.value });
          }}
          error={titleError}
        />
        <Field
          label={t('editor.summary')}
          hint={t('editor.summary_why')}
          rows={2}
          lang={language}
          maxLength={280}
          readOnly={isReadOnly}
          value={text.summary}
          onChange={(event) => {
            onChange({ summary: event.target.value });
          }}
        />
        {isPreview ? (
          <div className="field">
            <b>{t('editor.brief')}</b>
            {preview.isPending && <Skeleton lines={6} />}
            {preview.isError && <Trouble error={preview.error} kept={t('editor.kept')} />}
            {preview.data !== undefined && (
              <div className="prose" lang={language} dangerouslySetInnerHTML={{ __html: preview.data }} />
            )}
          </div>
        ) : (
          <Field
            label={t('editor.brief')}
            hint={t('editor.brief_why')}
            rows={14}
            lang={language}
            readOnly={isReadOnly}
            value={text.brief}
            onChange={(event) => {
              onChange({ brief: event.target.value });
            }}
            error={briefError}
          />
        )}
        {actionId && (
          <div>
            <button
              type="button"
              className="button line"
              aria-pressed={isPreview}
              onClick={() => {
                if (!isPreview) preview.mutate({ id: actionId, brief: text.brief });
                setPreview(!isPreview);
              }}
            >
              {t(isPreview ? 'editor.write' : 'editor.preview')}
            </button>
          </div>
        )}
      </div>
    </section>
  );
}
