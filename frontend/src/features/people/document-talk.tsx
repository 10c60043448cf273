import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentVersion } from '@/api/shapes';
import { documentQueries } from './document-api';
import { DocumentCommentForm } from './document-comment-form';
import { DocumentComments } from './document-comments';
import { DocumentText } from './document-text';

/** A version to read, with what is said of it beside it where I may read that. */
export function DocumentTalk({ version, columns }: { version: DocumentVersion; columns: [string, string] }) {
  const { t } = useTranslation('common');
  const [paragraph, setParagraph] = useState<number | null>(null);
  const { see_comments: reads, comment: speaks } = version.abilities;
  const comments = useQuery({ ...documentQueries.comments(version.id), enabled: reads });
  const counts = new Map<number, number>();
  for (const { index } of comments.data?.items ?? [])
    if (index !== null) counts.set(index, (counts.get(index) ?? 0) + 1);
  return (
    <>
      <section className={columns[0]} aria-label={version.title}>
        <DocumentText version={version} counts={counts} {...(speaks ? { onComment: setParagraph } : {})} />
      </section>
      {reads && (
        <section className={columns[1]} aria-labelledby="talk">
          <h2 id="talk">{t('charter.talk')}</h2>
          {speaks && (
            <DocumentCommentForm
              version={version}
              paragraph={paragraph}
              onWhole={() => {
                setParagraph(null);
              }}
            />
          )}
          <DocumentComments version={version} />
        </section>
      )}
    </>
  );
}
