import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnConsent } from '@/api/shapes';
import { instant } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { chooseConsent, ownQuery } from './own-api';

/** What I agree to, a box for each way to reach me; a change counts at once and can be taken back by the same box. */
export function OwnConsents() {
  const { t } = useTranslation('member');
  const queries = useQueryClient();
  const own = useQuery(ownQuery);
  const choose = useMutation({
    mutationFn: chooseConsent,
    onSuccess: (data) => {
      queries.setQueryData(ownQuery.queryKey, data);
    },
    // The words may have changed meanwhile: the new ones are read before anything is ticked again.
    onError: () => queries.invalidateQueries({ queryKey: ownQuery.queryKey }),
  });
  const consents = own.data?.consents ?? [];
  const purposes = [...new Set(consents.map((consent) => consent.purpose))];
  return (
    <section className="card" aria-labelledby="consents">
      <h2 id="consents">{t('own.consents')}</h2>
      {own.isPending && <Skeleton lines={3} />}
      {own.isError && <Trouble error={own.error} retry={() => void own.refetch()} />}
      {own.isSuccess && consents.length === 0 && <p className="muted">{t('own.consents_none')}</p>}
      {purposes.map((purpose) => {
        const ways = consents.filter((consent) => consent.purpose === purpose);
        return (
          <fieldset key={purpose} className="group">
            <legend>{ways[0]?.text}</legend>
            {ways.map((way) => (
              <Way
                key={way.channel}
                way={way}
                isOther={way.version !== ways[0]?.version}
                isBusy={choose.isPending}
                onChoose={(is_given) => choose.mutateAsync({ ...way, is_given }).catch(() => undefined)}
              />
            ))}
          </fieldset>
        );
      })}
      <p className="note" role="status">
        {choose.isSuccess && t('own.noted')}
      </p>
      {choose.isError && <Trouble error={choose.error} kept={t('own.unchanged')} />}
    </section>
  );
}

interface Props {
  way: OwnConsent;
  /** It was agreed to in other words than those above, or stands in others now: it says them itself. */
  isOther: boolean;
  isBusy: boolean;
  /** Ends when the server answered, whatever it said. */
  onChoose: (isGiven: boolean) => Promise<unknown>;
}

function Way({ way, isOther, isBusy, onChoose }: Props) {
  const { t } = useTranslation('member');
  // The box follows the finger; what the server says then counts.
  const [asked, setAsked] = useState<boolean>();
  const since = way.changed_at && t(way.is_given ? 'own.given' : 'own.withdrawn', { at: instant(way.changed_at) });
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={asked ?? way.is_given}
        disabled={!way.can_be_changed}
        aria-busy={isBusy}
        onChange={(event) => {
          if (isBusy) return;
          setAsked(event.target.checked);
          void onChoose(event.target.checked).finally(() => {
            setAsked(undefined);
          });
        }}
      />
      <span>
        {t(`own.channel_${way.channel}`)}
        {isOther && (
          <>
            {' '}
            <q>{way.text}</q>
          </>
        )}
        <small className="muted">
          {since && (
            <>
              {' '}
              · <Raised text={since} />
            </>
          )}
          {!way.can_be_changed && ` · ${t('own.with_form')}`}
        </small>
      </span>
    </label>
  );
}
