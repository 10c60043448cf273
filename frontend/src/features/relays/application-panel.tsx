import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Application } from '@/api/shapes';
import { Face } from '@/entities/person/face';
import { instant } from '@/lib/format';
import { PromiseClock } from '@/ui/promise-clock';
import { Raised } from '@/ui/raised';
import type { Decision } from './api';
import { ApproveForm } from './approve-form';
import { DeclineForm } from './decline-form';
import { Readiness } from './readiness';
import { WithdrawForm } from './withdraw-form';

interface Props {
  application: Application;
  isBusy: boolean;
  onDecide: (decision: Decision) => void;
}

/** Who owes the call that still waits, and whether it has climbed to them. */
function Owed({ promise }: { promise: NonNullable<Application['promise']> }) {
  const { t } = useTranslation('organiser');
  if (promise.kept_at) return null;
  const who = promise.is_mine
    ? 'owed_me'
    : promise.owed_by
      ? 'owed'
      : promise.owed_from
        ? 'owed_unnamed'
        : 'owed_nobody';
  return (
    <p>
      {t(`applications.${who}`, { name: promise.owed_by, place: promise.owed_from })}{' '}
      {promise.climbs > 0 && t('applications.climbed', { count: promise.climbs })}
    </p>
  );
}

/** One application: who, why, how long they have waited, and three honest ways on, each with its consequence. */
export function ApplicationPanel({ application, isBusy, onDecide }: Props) {
  const { t } = useTranslation('organiser');
  const [asked, setAsked] = useState<'' | 'approve' | 'decline' | 'withdraw'>('');
  const { person, seat, promise, abilities } = application;
  const hasDeeds =
    abilities.contact || abilities.approve || abilities.decline || abilities.release || abilities.withdraw;
  return (
    <div className="pane-body">
      <div className="person">
        <Face name={person.name} />
        <div>
          <h2 style={{ fontSize: 'var(--t-4)' }}>{person.name}</h2>
          <p>
            <Raised text={[seat.name, person.commune].filter(Boolean).join(', ')} />
          </p>
        </div>
      </div>
      {person.contacts.length > 0 && (
        <section className="panel-section">
          <h3>{t('applications.reach')}</h3>
          <ul className="plain">
            {person.contacts.map((contact) => (
              <li key={contact.value}>
                <a href={`${contact.channel === 'email' ? 'mailto' : 'tel'}:${contact.value}`}>{contact.value}</a>
              </li>
            ))}
          </ul>
          <p className="note">{t('applications.reach_why')}</p>
        </section>
      )}
      <section className="panel-section">
        <h3>{t('applications.why')}</h3>
        <p>{application.motivation || <span className="muted">{t('applications.no_words')}</span>}</p>
        <p className="note">
          <Raised text={t('applications.asked_at', { at: instant(application.created_at) })} />
        </p>
      </section>
      {promise && (
        <section className="panel-section">
          <h3>{t('applications.clock')}</h3>
          <PromiseClock startedAt={promise.started_at} dueAt={promise.due_at} keptAt={promise.kept_at} />
          {abilities.decline && <Owed promise={promise} />}
          {application.is_own && <p>{t('applications.own')}</p>}
        </section>
      )}
      {application.paper && (
        <section className="panel-section">
          <h3>{t('applications.paper')}</h3>
          <p>
            {t(application.paper.is_mine ? 'applications.paper_mine' : 'applications.paper_theirs', {
              number: application.paper.number,
            })}
          </p>
        </section>
      )}
      {application.status === 'withdrawn' && (
        <section className="panel-section">
          <h3>{t('applications.why_withdrawn')}</h3>
          <p>{application.why_withdrawn || <span className="muted">{t('applications.why_withdrawn_unsaid')}</span>}</p>
        </section>
      )}
      {(abilities.approve || abilities.release) && <Readiness who={{ kind: 'application', id: application.id }} />}
      <section className="panel-section">
        <h3>{t('what_to_do')}</h3>
        {!hasDeeds && <p className="muted">{t(`applications.closed_${application.status}`)}</p>}
        {asked === 'decline' ? (
          <DeclineForm
            label={t('applications.decline_words', { name: person.name })}
            deed={t('applications.decline')}
            small={t(abilities.release ? 'applications.decline_all_small' : 'applications.decline_small')}
            isBusy={isBusy}
            onCancel={() => {
              setAsked('');
            }}
            onDecline={(words) => {
              onDecide({ kind: 'decline', words });
            }}
          />
        ) : asked === 'withdraw' ? (
          <WithdrawForm
            isBusy={isBusy}
            onCancel={() => {
              setAsked('');
            }}
            onWithdraw={(words) => {
              onDecide({ kind: 'withdraw', words });
            }}
          />
        ) : asked === 'approve' ? (
          <ApproveForm
            application={application}
            isBusy={isBusy}
            onCancel={() => {
              setAsked('');
            }}
            onApprove={(as) => {
              onDecide({ kind: 'approve', as });
            }}
          />
        ) : (
          <div className="deeds">
            {abilities.contact && (
              <button
                type="button"
                className="button"
                disabled={isBusy}
                onClick={() => {
                  onDecide({ kind: 'contact' });
                }}
              >
                {t('applications.contact')} <small>{t('applications.contact_small')}</small>
              </button>
            )}
            {abilities.approve && (
              <button
                type="button"
                className={abilities.contact ? 'button line' : 'button'}
                disabled={isBusy}
                onClick={() => {
                  setAsked('approve');
                }}
              >
                {t('applications.approve')} <small>{t('applications.approve_small')}</small>
              </button>
            )}
            {abilities.release && (
              <button
                type="button"
                className="button"
                disabled={isBusy}
                onClick={() => {
                  onDecide({ kind: 'release' });
                }}
              >
                {t('applications.release_alone')} <small>{t('applications.release_small')}</small>
              </button>
            )}
            {(abilities.decline || abilities.release) && (
              <button
                type="button"
                className="button line"
                disabled={isBusy}
                onClick={() => {
                  setAsked('decline');
                }}
              >
                {t('applications.decline')} <small>{t('applications.decline_small')}</small>
              </button>
            )}
            {abilities.withdraw && (
              <button
                type="button"
                className="button bare"
                disabled={isBusy}
                onClick={() => {
                  setAsked('withdraw');
                }}
              >
                {t('applications.withdraw')}
              </button>
            )}
          </div>
        )}
      </section>
    </div>
  );
}
