import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import { instant } from '@/lib/format';
import { useDraft } from '@/lib/use-draft';
import { Check } from '@/ui/check';
import { Field } from '@/ui/field';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { myConcernsQuery, tellConcern } from './concerns-api';

interface Draft {
  what: string;
  who: string;
  happened: string;
  /** Whom it concerns, of those who stood above the form: kept by id, so that the tick never passes to who follows them. */
  about?: { id: string; name: string } | null;
}

const NOTHING: Draft = { what: '', who: '', happened: '', about: null };

/** Something is wrong: who reads it and by when stands above what is asked. */
export function TellConcern({ conversation }: { conversation: string }) {
  const { t } = useTranslation('member');
  const queries = useQueryClient();
  const mine = useQuery(myConcernsQuery);
  const { draft, change, forget } = useDraft('concern', NOTHING);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const tell = useMutation({
    mutationFn: tellConcern,
    onSuccess: async () => {
      change(NOTHING);
      await forget();
      setKey(crypto.randomUUID());
      await queries.invalidateQueries({ queryKey: myConcernsQuery.queryKey });
    },
    onError: async (error) => {
      if (asProblem(error).code === 'reader_changed')
        await queries.invalidateQueries({ queryKey: myConcernsQuery.queryKey });
    },
  });
  const reader = mine.data?.reader;
  const mistakes = tell.isError ? asProblem(tell.error).fields : {};
  const { what, who, happened, about = null } = draft;
  const isPassed = Boolean(about && about.id === reader?.id);
  const [seen, name] = isPassed ? [reader?.next_id, reader?.next_name] : [reader?.id, reader?.name];
  const asked = about ?? (reader?.has_next ? { id: reader.id, name: reader.name } : null);
  return (
    <form
      className="card"
      aria-labelledby="tell"
      onSubmit={(event) => {
        event.preventDefault();
        tell.mutate({
          told: {
            what,
            who,
            happened,
            about: about?.id ?? null,
            conversation: conversation || null,
            ...(seen !== undefined && { reader: seen }),
          },
          key,
        });
      }}
    >
      <h2 id="tell">{t('wrong.tell')}</h2>
      {mine.isPending && <Skeleton lines={2} />}
      {mine.isError && <Trouble error={mine.error} retry={() => void mine.refetch()} />}
      {reader && (
        <p aria-live="polite">
          <b>
            <Raised
              text={
                name
                  ? t('wrong.reader', { name, by: instant(reader.due_at) })
                  : t(reader.name ? 'wrong.reader_administrator' : 'wrong.reader_nobody', {
                      by: instant(reader.due_at),
                    })
              }
            />
          </b>{' '}
          {t('wrong.alone')}
        </p>
      )}
      <p>{t('wrong.danger')}</p>
      {conversation && <p className="notice">{t('wrong.with_copy')}</p>}
      <div className="fields">
        <Field
          label={t('wrong.what')}
          rows={6}
          maxLength={4000}
          required
          value={draft.what}
          error={mistakes.what?.[0]}
          onChange={(event) => {
            change({ what: event.target.value });
          }}
        />
        {(['who', 'happened'] as const).map((field) => (
          <Field
            key={field}
            label={t(`wrong.${field}`)}
            hint={t(`wrong.${field}_hint`)}
            maxLength={200}
            autoComplete="off"
            value={draft[field]}
            error={mistakes[field]?.[0]}
            onChange={(event) => {
              change({ [field]: event.target.value });
            }}
          />
        ))}
        {asked && (
          <Check
            label={t('wrong.not_the_first', { name: asked.name })}
            isChecked={about !== null}
            error={mistakes.about?.[0]}
            onCheck={(isChecked) => {
              change({ about: isChecked ? asked : null });
            }}
          />
        )}
        {reader?.name && !reader.has_next && <p className="note">{t('wrong.nobody_else')}</p>}
      </div>
      {tell.isError && Object.keys(mistakes).length === 0 && <Trouble error={tell.error} kept={t('messages.kept')} />}
      {tell.isSuccess && (
        <p className="notice" role="status">
          {t('wrong.told')}
        </p>
      )}
      <div>
        <button type="submit" className="button tall" disabled={tell.isPending}>
          {t('wrong.do')}
        </button>
      </div>
    </form>
  );
}
