import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { asProblem } from '@/api/problem';
import type { Conversation } from '@/api/shapes';
import { instant } from '@/lib/format';
import { useDraft } from '@/lib/use-draft';
import { Dialog } from '@/ui/dialog';
import { Field } from '@/ui/field';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import {
  answerConversation,
  blockWriter,
  conversationsQuery,
  endConversation,
  unblockWriter,
} from './conversations-api';

/** One conversation, whole: what was said, an answer, and the ways out of it. */
export function ConversationCard({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('member');
  const id = useId();
  const queries = useQueryClient();
  const { draft, change, forget } = useDraft(`conversation:${conversation.id}`, { words: '' });
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [isBlocking, setBlocking] = useState(false);
  const refresh = () => queries.invalidateQueries({ queryKey: conversationsQuery.queryKey });
  const answer = useMutation({
    mutationFn: answerConversation,
    onSuccess: async () => {
      await forget();
      change({ words: '' });
    },
    onSettled: () => {
      setKey(crypto.randomUUID());
      return refresh();
    },
  });
  const end = useMutation({ mutationFn: endConversation, onSuccess: refresh });
  const block = useMutation({
    mutationFn: blockWriter,
    onSuccess: () => {
      setBlocking(false);
      return refresh();
    },
  });
  const unblock = useMutation({ mutationFn: unblockWriter, onSuccess: refresh });
  const mistake = answer.isError ? asProblem(answer.error).fields.words?.[0] : undefined;
  const { abilities, writer } = conversation;
  return (
    <section className="card conversation" aria-labelledby={id}>
      <h2 id={id}>{t('messages.from', { name: writer })}</h2>
      <p className="note">
        <Raised text={conversation.place} />. {t(`messages.status_${conversation.status}`)}
        {conversation.answerer && ` ${t('messages.answerer', { name: conversation.answerer })}`}
      </p>
      <ol className="turns list">
        {conversation.turns.map((turn) => (
          <li key={turn.number} className={`is-${turn.side}`}>
            <h3>
              {turn.side === 'writer' ? writer : t(conversation.is_mine ? 'messages.you' : 'messages.seat')}{' '}
              <small>
                <Raised text={instant(turn.at)} />
              </small>
            </h3>
            <p className="spoken">{turn.words}</p>
          </li>
        ))}
      </ol>
      {answer.isSuccess && !abilities.answer && (
        <p className="notice" role="status">
          {t('messages.answered')}
        </p>
      )}
      {abilities.answer && (
        <form
          className="fields"
          onSubmit={(event) => {
            event.preventDefault();
            answer.mutate({ id: conversation.id, words: draft.words, key });
          }}
        >
          <Field
            label={t('messages.answer_to', { name: writer })}
            hint={t(conversation.turns.length > 1 ? 'messages.hint_last' : 'messages.hint')}
            rows={5}
            maxLength={2000}
            required
            value={draft.words}
            error={mistake}
            onChange={(event) => {
              change({ words: event.target.value });
            }}
          />
          {answer.isError && !mistake && <Trouble error={answer.error} kept={t('messages.kept')} />}
          <div>
            <button type="submit" className="button" disabled={answer.isPending}>
              {t('messages.answer')}
            </button>
          </div>
        </form>
      )}
      {(end.isError || unblock.isError || (block.isError && !isBlocking)) && (
        <Trouble error={end.error ?? unblock.error ?? block.error} />
      )}
      {abilities.unblock && (
        <p className="notice" role="status">
          {t('messages.is_blocked', { name: writer })}{' '}
          <button
            type="button"
            className="button bare"
            disabled={unblock.isPending}
            onClick={() => {
              unblock.mutate(conversation.id);
            }}
          >
            {t('messages.unblock')}
          </button>
        </p>
      )}
      <p className="buttons">
        {abilities.end && (
          <button
            type="button"
            className="button bare"
            disabled={end.isPending}
            onClick={() => {
              end.mutate(conversation.id);
            }}
          >
            {t(conversation.status === 'answered' ? 'messages.end_answered' : 'messages.end')}
          </button>
        )}
        {abilities.block && (
          <button
            type="button"
            className="button bare"
            onClick={() => {
              setBlocking(true);
            }}
          >
            {t('messages.block')}
          </button>
        )}
        <Link className="button bare" to={`/wrong?conversation=${conversation.id}`}>
          {t('wrong.link')}
        </Link>
      </p>
      {isBlocking && (
        <Dialog
          title={t('messages.block_sure', { name: writer })}
          role="alertdialog"
          onClose={() => {
            setBlocking(false);
          }}
        >
          <p>{t('messages.block_what')}</p>
          {block.isError && <Trouble error={block.error} />}
          <div className="buttons">
            <button
              type="button"
              className="button line"
              onClick={() => {
                setBlocking(false);
              }}
            >
              {t('common:cancel')}
            </button>
            <button
              type="button"
              className="button stop"
              disabled={block.isPending}
              onClick={() => {
                block.mutate(conversation.id);
              }}
            >
              {t('messages.block')}
            </button>
          </div>
        </Dialog>
      )}
    </section>
  );
}
