import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DocumentComment, DocumentVersion } from '@/api/shapes';
import { instant } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { documentQueries, takeBackComment } from './document-api';
import { DocumentAnswer } from './document-answer';

const QUOTED = 140;

/** What is said of a version, and what became of it. Nobody but the national organisers reads who said it. */
export function DocumentComments({ version }: { version: DocumentVersion }) {
  const { t } = useTranslation('common');
  const comments = useQuery(documentQueries.comments(version.id));
  const items = comments.data?.items ?? [];
  return (
    <>
      {comments.isPending && <Skeleton lines={4} />}
      {comments.isError && <Trouble error={comments.error} retry={() => void comments.refetch()} />}
      {comments.isSuccess && items.length === 0 && <p className="muted">{t('charter.no_comments')}</p>}
      <ul className="plain charter-comments">
        {items.map((comment) => (
          <li key={comment.id}>
            <Comment comment={comment} canAnswer={version.abilities.answer} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Comment({ comment, canAnswer }: { comment: DocumentComment; canAnswer: boolean }) {
  const { t } = useTranslation('common');
  const queries = useQueryClient();
  const takeBack = useMutation({
    mutationFn: takeBackComment,
    onSettled: () => queries.invalidateQueries({ queryKey: ['people', 'charter', 'comments'] }),
  });
  const quote = comment.paragraph.slice(0, QUOTED) + (comment.paragraph.length > QUOTED ? '…' : '');
  return (
    <article>
      <p className="note">
        <b>{comment.is_mine ? t('charter.you') : comment.author || t(`charter.voice_${comment.voice}`)}</b>{' '}
        <Raised text={instant(comment.written_at)} />
      </p>
      {comment.paragraph ? (
        <blockquote lang={comment.language}>
          {quote}
          {comment.index === null && <span className="note"> {t('charter.moved_on')}</span>}
        </blockquote>
      ) : (
        <p className="note">{t('charter.on_whole')}</p>
      )}
      <p>{comment.words || <span className="muted">{t('charter.author_gone')}</span>}</p>
      {comment.state !== 'open' && (
        <div className={comment.state === 'taken_in' ? 'notice is-good' : 'notice'}>
          <b>{t(`charter.state_${comment.state}`)}</b>
          <p>{comment.answer}</p>
        </div>
      )}
      {comment.is_mine && comment.state === 'open' && (
        <button
          type="button"
          className="button bare"
          disabled={takeBack.isPending}
          onClick={() => {
            takeBack.mutate(comment.id);
          }}
        >
          {t('charter.take_back')}
        </button>
      )}
      {takeBack.isError && <Trouble error={takeBack.error} />}
      {canAnswer && <DocumentAnswer comment={comment} />}
    </article>
  );
}
