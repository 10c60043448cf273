import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CharterVersion } from '@/api/shapes';
import { charterQueries } from './charter-api';
import { CharterCommentForm } from './charter-comment-form';
import { CharterComments } from './charter-comments';
import { CharterText } from './charter-text';

/** A version to read, with what is said of it beside it where I may read that. */
export function CharterTalk({ version, columns }: { version: CharterVersion; columns: [string, string] }) {
  const { t } = useTranslation('common');
  const [paragraph, setParagraph] = useState<number | null>(null);
  const { see_comments: reads, comment: speaks } = version.abilities;
  const comments = useQuery({ ...charterQueries.comments(version.id), enabled: reads });
  const counts = new Map<number, number>();
  for (const { index } of comments.data?.items ?? [])
    if (index !== null) counts.set(index, (counts.get(index) ?? 0) + 1);
  return (
    <>
      <section className={columns[0]} aria-label={version.title}>
        <CharterText version={version} counts={counts} {...(speaks ? { onComment: setParagraph } : {})} />
      </section>
      {reads && (
        <section className={columns[1]} aria-labelledby="talk">
          <h2 id="talk">{t('charter.talk')}</h2>
          {speaks && (
            <CharterCommentForm
              version={version}
              paragraph={paragraph}
              onWhole={() => {
                setParagraph(null);
              }}
            />
          )}
          <CharterComments version={version} />
        </section>
      )}
    </>
  );
}
