import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { MissingHolder as Holder } from '@/api/shapes';
import { day, instant } from '@/lib/format';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { missingQuery, notePaperOfHolder, remindHolders } from './charter-api';
import { SignedPaper } from './signed-paper';

/** Who holds a seat and has not agreed to the charter in force, in my places; one button reminds them. */
export function CharterMissing() {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const missing = useQuery(missingQuery);
  const remind = useMutation({
    mutationFn: remindHolders,
    onSettled: () => queries.invalidateQueries({ queryKey: missingQuery.queryKey }),
  });
  if (missing.isError) return <Trouble error={missing.error} retry={() => void missing.refetch()} />;
  const found = missing.data;
  if (!found?.number) return null;
  const count = found.items.length;
  return (
    <Pane
      title={t(count ? 'charter.missing' : 'charter.missing_none', { count })}
      note={
        found.agree_by && (
          <Raised text={t(found.is_past ? 'charter.was_due' : 'charter.due', { day: day(found.agree_by) })} />
        )
      }
    >
      <div className="pane-body">
        <p className="muted">{t(count ? 'charter.missing_why' : 'charter.missing_none_why')}</p>
        <ul className="plain">
          {found.items.map((holder) => (
            <MissingHolder key={holder.term} holder={holder} />
          ))}
        </ul>
        {count > 0 && (
          <p>
            <button
              type="button"
              className="button line"
              disabled={remind.isPending || found.to_remind === 0}
              onClick={() => {
                remind.mutate(found.to_remind);
              }}
            >
              {t(found.to_remind ? 'charter.remind' : 'charter.remind_none', { count: found.to_remind })}
            </button>{' '}
            <span className="note">{t('charter.remind_what')}</span>
          </p>
        )}
        {remind.isError && <Trouble error={remind.error} kept={t('charter.unchanged')} />}
        {remind.isSuccess && (
          <p className="notice is-good" role="status">
            {t('charter.reminded', { count: remind.data.reminded })}
          </p>
        )}
      </div>
    </Pane>
  );
}

/** One of them: when they were asked, and the paper that they signed, where they did. */
function MissingHolder({ holder }: { holder: Holder }) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const [isPaper, setPaper] = useState(false);
  const sign = useMutation({
    mutationFn: notePaperOfHolder,
    onSuccess: (found) => {
      queries.setQueryData(missingQuery.queryKey, found);
    },
  });
  const error = sign.isError ? asProblem(sign.error).fields['paper_number']?.[0] : undefined;
  return (
    <li>
      <b>{holder.name}</b> <Raised text={holder.seat.name} />{' '}
      <span className="note">
        {holder.asked_at ? (
          <Raised text={t('charter.asked_at', { at: instant(holder.asked_at) })} />
        ) : (
          t('charter.never_asked')
        )}
      </span>{' '}
      {!isPaper && (
        <button
          type="button"
          className="button bare"
          aria-label={t('charter.signed_on_paper', { name: holder.name })}
          onClick={() => {
            setPaper(true);
          }}
        >
          {t('ready.paper')}
        </button>
      )}
      {isPaper && (
        <SignedPaper
          isBusy={sign.isPending}
          error={error}
          onEnter={(number) => {
            sign.mutate({ term: holder.term, number });
          }}
          onCancel={() => {
            setPaper(false);
          }}
        />
      )}
      {sign.isError && !error && <Trouble error={sign.error} />}
    </li>
  );
}
