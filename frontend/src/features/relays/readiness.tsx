import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Readiness as Ready } from '@/api/shapes';
import { asProblem } from '@/api/problem';
import { day, instant } from '@/lib/format';
import { localDay } from '@/lib/local-time';
import { Field } from '@/ui/field';
import { Icon } from '@/ui/icon';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { makeReady, type Readied, readinessQuery, type Readying } from './charter-api';
import { SignedPaper } from './signed-paper';

interface Props {
  who: Readied;
  /** Said above it, where no seat waits for them. */
  title?: string;
}

/** What somebody has and lacks before a seat can be theirs, and how they come to have it. Nothing where nothing is asked. */
export function Readiness({ who, title }: Props) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const heading = useId();
  const ready = useQuery(readinessQuery(who));
  const act = useMutation({
    mutationFn: makeReady,
    onSuccess: (found) => {
      queries.setQueryData(readinessQuery(who).queryKey, found);
    },
  });
  if (ready.isPending) return <Skeleton lines={2} />;
  if (ready.isError) return <Trouble error={ready.error} retry={() => void ready.refetch()} />;
  const { charter, qualifications, abilities } = ready.data;
  if (!charter && qualifications.length === 0) return null;
  const { kind, id } = who;
  const onDo = (deed: Readying) => {
    act.mutate({ kind, id, deed });
  };
  const fields = act.isError ? asProblem(act.error).fields : {};
  return (
    <section className="panel-section" aria-labelledby={heading}>
      <h3 id={heading}>{title ?? t('ready.title')}</h3>
      {charter && (
        <CharterState
          charter={charter}
          abilities={abilities}
          isBusy={act.isPending}
          paperError={fields['paper_number']?.[0]}
          onDo={onDo}
          onSend={
            kind === 'application' &&
            (() => {
              act.mutate({ kind, id, deed: { kind: 'send' } });
            })
          }
        />
      )}
      {qualifications.map((required) => (
        <Learnt
          key={required.code}
          required={required}
          mayChange={abilities.qualify}
          isBusy={act.isPending}
          onDo={onDo}
        />
      ))}
      {act.isError && !fields['paper_number'] && <Trouble error={act.error} />}
    </section>
  );
}

interface StateProps {
  charter: NonNullable<Ready['charter']>;
  abilities: Ready['abilities'];
  isBusy: boolean;
  paperError: string | undefined;
  onDo: (deed: Readying) => void;
  /** False where there is nobody to send it to alone. */
  onSend: false | (() => void);
}

function CharterState({ charter, abilities, isBusy, paperError, onDo, onSend }: StateProps) {
  const { t } = useTranslation('organiser');
  const [isPaper, setPaper] = useState(false);
  if (charter.agreed_at)
    return (
      <p>
        <Icon name="check" />{' '}
        <Raised
          text={t(charter.paper_number ? 'ready.agreed_paper' : 'ready.agreed', {
            day: day(charter.agreed_at),
            number: charter.paper_number,
          })}
        />
      </p>
    );
  return (
    <>
      <p className="warm">{t('ready.not_agreed')}</p>
      {charter.sent_at && (
        <p className="note">
          <Raised text={t('ready.sent', { at: instant(charter.sent_at) })} />
        </p>
      )}
      {isPaper ? (
        <SignedPaper
          isBusy={isBusy}
          error={paperError}
          onEnter={(number) => {
            onDo({ kind: 'paper', number });
          }}
          onCancel={() => {
            setPaper(false);
          }}
        />
      ) : (
        <div className="deeds">
          {abilities.send_charter && onSend && (
            <button type="button" className="button line" disabled={isBusy} onClick={onSend}>
              {t('ready.send')} <small>{t('ready.send_small')}</small>
            </button>
          )}
          {abilities.note_paper && (
            <button
              type="button"
              className="button line"
              disabled={isBusy}
              onClick={() => {
                setPaper(true);
              }}
            >
              {t('ready.paper')} <small>{t('ready.paper_small')}</small>
            </button>
          )}
        </div>
      )}
    </>
  );
}

interface LearntProps {
  required: Ready['qualifications'][number];
  mayChange: boolean;
  isBusy: boolean;
  onDo: (deed: Readying) => void;
}

/** What the network asks for: had, until a day or for good; or missing, to be recorded with its last day where it has one. */
function Learnt({ required, mayChange, isBusy, onDo }: LearntProps) {
  const { t } = useTranslation('organiser');
  const [endsOn, setEndsOn] = useState('');
  const { code, id, name } = required;
  return (
    <div>
      <p>
        <Icon name={id ? 'check' : 'applications'} /> {t(id ? 'ready.has' : 'ready.lacks', { name })}{' '}
        {required.ends_on && <Raised text={t('ready.until', { day: day(required.ends_on) })} />}{' '}
        {mayChange && id && (
          <button
            type="button"
            className="button bare"
            disabled={isBusy}
            onClick={() => {
              onDo({ kind: 'disqualify', qualification: id });
            }}
          >
            {t('ready.disqualify')}
          </button>
        )}
      </p>
      {mayChange && !id && (
        <div className="fields">
          <Field
            label={t('ready.last_day', { name })}
            hint={t('ready.last_day_why')}
            type="date"
            min={localDay()}
            value={endsOn}
            onChange={(event) => {
              setEndsOn(event.target.value);
            }}
          />
          <div>
            <button
              type="button"
              className="button line"
              disabled={isBusy}
              onClick={() => {
                onDo({ kind: 'qualify', code, endsOn });
              }}
            >
              {t('ready.qualify')}
            </button>
          </div>
        </div>
      )}
    </div>
  );
}
