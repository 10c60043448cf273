import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { Concern } from '@/api/shapes';
import { instant } from '@/lib/format';
import { Blank } from '@/ui/blank';
import { Field } from '@/ui/field';
import { ListBody } from '@/ui/list-body';
import { ListFoot } from '@/ui/list-foot';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { closeConcern, concernsQuery, takeUpConcern } from './concerns-api';

/** What was told to me in confidence: taken up, and its outcome told. */
export function ConcernsRead() {
  const { t } = useTranslation('member');
  const list = useInfiniteQuery(concernsQuery);
  const found = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <ListBody
      list={list}
      blank={
        found.length === 0 && (
          <Blank title={t('concerns.none')}>
            <p>{t(list.data?.pages[0]?.is_named ? 'concerns.none_named' : 'concerns.none_why')}</p>
          </Blank>
        )
      }
    >
      {found.map((concern) => (
        <Told key={concern.id} concern={concern} />
      ))}
      <ListFoot more={list}>{t('concerns.count', { count: found.length })}</ListFoot>
    </ListBody>
  );
}

function Told({ concern }: { concern: Concern }) {
  const { t } = useTranslation('member');
  const id = useId();
  const queries = useQueryClient();
  const [outcome, setOutcome] = useState('');
  const onSettled = () => queries.invalidateQueries({ queryKey: concernsQuery.queryKey });
  const take = useMutation({ mutationFn: takeUpConcern, onSettled });
  const close = useMutation({ mutationFn: closeConcern, onSettled });
  const mistake = close.isError ? asProblem(close.error).fields.outcome?.[0] : undefined;
  return (
    <section className="card conversation" aria-labelledby={id}>
      <h2 id={id}>
        {concern.from_visitor
          ? t('concerns.from_visitor')
          : t('concerns.from', { name: concern.reporter || t('concerns.unnamed') })}
      </h2>
      <p className="note">
        <Raised
          text={[
            concern.place,
            t('concerns.at', { at: instant(concern.made_at) }),
            concern.closed_at
              ? t('concerns.closed')
              : concern.taken_at
                ? t('concerns.yours')
                : t('concerns.before', { by: instant(concern.due_at) }),
          ]
            .filter(Boolean)
            .join('. ')}
        />
      </p>
      <p className="spoken">{concern.what}</p>
      <dl className="facts">
        {(['who', 'happened'] as const).map(
          (field) =>
            concern[field] && (
              <div key={field}>
                <dt>{t(`wrong.${field}`)}</dt>
                <dd>{concern[field]}</dd>
              </div>
            ),
        )}
      </dl>
      {concern.quoted && (
        <details>
          <summary>{t('concerns.quoted')}</summary>
          <p className="spoken">{concern.quoted}</p>
        </details>
      )}
      {concern.abilities.take_up && (
        <p>
          <button
            type="button"
            className="button"
            disabled={take.isPending}
            onClick={() => {
              take.mutate(concern.id);
            }}
          >
            {t('concerns.take_up')}
          </button>
        </p>
      )}
      {take.isError && <Trouble error={take.error} />}
      {concern.abilities.close && (
        <form
          className="fields"
          onSubmit={(event) => {
            event.preventDefault();
            close.mutate({ id: concern.id, outcome });
          }}
        >
          <Field
            label={t('concerns.outcome')}
            hint={t(concern.is_answered ? 'concerns.outcome_hint' : 'concerns.outcome_unread')}
            rows={4}
            maxLength={4000}
            required
            value={outcome}
            error={mistake}
            onChange={(event) => {
              setOutcome(event.target.value);
            }}
          />
          {close.isError && !mistake && <Trouble error={close.error} kept={t('messages.kept')} />}
          <div>
            <button type="submit" className="button" disabled={close.isPending}>
              {t('concerns.close')}
            </button>
          </div>
        </form>
      )}
      {concern.closed_at && (
        <>
          <h3>{t('wrong.outcome')}</h3>
          <p className="spoken">{concern.outcome}</p>
        </>
      )}
    </section>
  );
}
