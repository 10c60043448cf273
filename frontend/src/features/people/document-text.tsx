import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentVersion } from '@/api/shapes';

type Paragraph = DocumentVersion['paragraphs'][number];

interface Props {
  version: DocumentVersion;
  /** How many comments stand on each paragraph, by its place. */
  counts?: ReadonlyMap<number, number>;
  onComment?: (paragraph: number) => void;
}

function Words({ paragraph, isMarked }: { paragraph: Paragraph; isMarked: boolean }) {
  const { t } = useTranslation('common');
  if (!isMarked || paragraph.kind === 'same') return <div dangerouslySetInnerHTML={{ __html: paragraph.html }} />;
  if (paragraph.kind !== 'changed')
    return (
      <div className={`is-${paragraph.kind}`}>
        <span className="sr-only">{t(`charter.${paragraph.kind}`)} </span>
        <div dangerouslySetInnerHTML={{ __html: paragraph.html }} />
      </div>
    );
  return (
    <p className="is-changed">
      <span className="sr-only">{t('charter.changed')} </span>
      {paragraph.pieces.map((piece, at) =>
        piece.kind === 'added' ? (
          <ins key={at}>{piece.text}</ins>
        ) : piece.kind === 'removed' ? (
          <del key={at}>{piece.text}</del>
        ) : (
          <span key={at}>{piece.text}</span>
        ),
      )}
    </p>
  );
}

/** A version's text, with what changed since the one compared with, and where to say something about it. */
export function DocumentText({ version, counts, onComment }: Props) {
  const { t } = useTranslation('common');
  const [isMarked, setMarked] = useState(true);
  const shown = version.paragraphs.filter((paragraph) => isMarked || paragraph.kind !== 'removed');
  return (
    <div className="charter-text">
      {version.is_fallback && <p className="notice">{t('charter.fallback')}</p>}
      {version.compared_with !== null && (
        <p>
          <button
            type="button"
            className="button line"
            aria-pressed={isMarked}
            onClick={() => {
              setMarked(!isMarked);
            }}
          >
            {t(version.kind === 'house_wording' ? 'charter.mark_words' : 'charter.mark', {
              number: version.compared_with,
            })}
          </button>
        </p>
      )}
      {version.summary && (
        <p className="lead" lang={version.language}>
          {version.summary}
        </p>
      )}
      <div className="prose changes" lang={version.language}>
        {shown.map((paragraph, at) => (
          <div key={`${paragraph.kind}-${String(paragraph.index)}-${String(at)}`}>
            <Words paragraph={paragraph} isMarked={isMarked && version.compared_with !== null} />
            {onComment && paragraph.index !== null && (
              <CommentHere index={paragraph.index} count={counts?.get(paragraph.index) ?? 0} onComment={onComment} />
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

function CommentHere({
  index,
  count,
  onComment,
}: {
  index: number;
  count: number;
  onComment: (paragraph: number) => void;
}) {
  const { t, i18n } = useTranslation('common');
  return (
    <p className="note" lang={i18n.language}>
      <button
        type="button"
        className="button bare"
        aria-label={t('charter.comment_on', { number: index + 1 })}
        onClick={() => {
          onComment(index);
        }}
      >
        {t('charter.comment_here')}
      </button>
      {count > 0 && ` ${t('charter.comments', { count })}`}
    </p>
  );
}
