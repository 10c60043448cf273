import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionSeat, ActionText } from '@/api/shapes';
import type { Language } from '@/i18n/i18n';
import { Field } from '@/ui/field';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { actionQueries } from './api';
import { BlockList } from './block-list';
import { insertBlock } from './insert-block';
import { SeatChooser } from './seat-chooser';

interface Props {
  language: Language;
  isMain: boolean;
  isReadOnly: boolean;
  actionId: string | undefined;
  text: ActionText;
  titleError: string | undefined;
  briefError: string | undefined;
  onChange: (part: Partial<ActionText>) => void;
  seats: readonly ActionSeat[];
  /** Whose brief is previewed, the first seat's where it is empty; the same in each language. */
  seat: string;
  onSeat: (id: string) => void;
}

/** An action's words in one language, and how the relay of any seat will read them. */
export function LanguagePane({
  language,
  isMain,
  isReadOnly,
  actionId,
  text,
  titleError,
  briefError,
  onChange,
  seats,
  seat,
  onSeat,
}: Props) {
  const { t } = useTranslation('organiser');
  const [isPreview, setPreview] = useState(false);
  const writing = useRef<HTMLTextAreaElement>(null);
  const preview = useQuery({
    ...actionQueries.preview({ id: actionId ?? '', brief: text.brief, language, seat: seat || null }),
    enabled: isPreview,
    placeholderData: keepPreviousData,
  });
  const heading = `texts-${language}`;

  function insert(written: string) {
    const field = writing.current;
    if (!field) return;
    const done = insertBlock(text.brief, field.selectionEnd, written);
    onChange({ brief: done.text });
    // Once the text is drawn, one goes on typing behind the block.
    requestAnimationFrame(() => {
      field.focus();
      field.setSelectionRange(done.at, done.at);
    });
  }
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
          <>
            <SeatChooser seats={seats} chosen={seat} onChoose={onSeat} />
            <div className="field">
              <b>{t('editor.brief')}</b>
              {preview.isPending && <Skeleton lines={6} />}
              {preview.isError && <Trouble error={preview.error} kept={t('editor.kept')} />}
              {preview.data && (
                <>
                  <div
                    className="prose"
                    lang={language}
                    aria-busy={preview.isPlaceholderData}
                    dangerouslySetInnerHTML={{ __html: preview.data.html }}
                  />
                  <p className="note">
                    {t('editor.copy', { name: preview.data.copy_of, version: preview.data.version })}
                  </p>
                </>
              )}
            </div>
          </>
        ) : (
          <>
            <Field
              ref={writing}
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
            {!isReadOnly && <BlockList onInsert={insert} />}
          </>
        )}
        {actionId && (
          <div>
            <button
              type="button"
              className="button line"
              aria-pressed={isPreview}
              onClick={() => {
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
