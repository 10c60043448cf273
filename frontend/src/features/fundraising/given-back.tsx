import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DonationCard, GivenBack as Back, Refund } from '@/api/shapes';
import { dated, money, shortDay } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { AuthoriseDialog } from './authorise-dialog';
import { GiveBackDialog } from './give-back-dialog';

/** Codes of the provider that we have words for. */
const FAILURES = [
  'charge_already_refunded',
  'charge_disputed',
  'balance_insufficient',
  'insufficient_funds',
  'failed',
  'canceled',
] as const;

/** What went back of a donation that was received, what may, and what the law asks first. */
export function GivenBack({ donation, back }: { donation: DonationCard; back: Back }) {
  const { t } = useTranslation('money');
  const [asking, setAsking] = useState<'agent' | 'back'>();
  const [done, setDone] = useState<Refund>();
  const said = (cents: number) => money(cents, donation.currency);
  const isByProvider = donation.method === 'card' || donation.method === 'sepa_debit';
  const most = back.needs_authorisation ? Math.min(back.left, back.authorised) : back.left;
  const missing = back.left - Math.max(back.authorised, 0);
  const close = () => {
    setAsking(undefined);
  };
  return (
    <section className="panel-section">
      <h3>{t('back.title')}</h3>
      <p>{back.left > 0 ? t('back.left', { amount: said(back.left) }) : t('back.nothing_left')}</p>
      {!isByProvider && back.left > 0 && <p className="hint">{t('back.by_hand')}</p>}
      {back.needs_authorisation && back.left > 0 && (
        <p className="hint">
          {t('back.needs_agent')} {back.authorised > 0 && t('back.authorised', { amount: said(back.authorised) })}
        </p>
      )}
      {back.needs_authorisation && back.authorised < 0 && (
        <p className="problem">{t('back.unauthorised', { amount: said(-back.authorised) })}</p>
      )}
      <ul className="plain">
        {back.requests.map((request) => (
          <li key={request.id}>
            <b>{said(request.amount)}</b>{' '}
            <Raised text={t(`back.state.${request.state}`, { day: shortDay(request.ended_at ?? request.asked_at) })} />{' '}
            {request.failure && <FailureSaid code={request.failure} />} <small>{request.reason}</small>
          </li>
        ))}
        {back.disputes.map((dispute) => (
          <li key={dispute.id}>
            <b>{said(dispute.amount)}</b> {t(`back.dispute.${dispute.state}`)}{' '}
            {dispute.state === 'needs_response' && (
              <Link to={`/desk/money/decide?fund=${donation.fund}&what=disputes&one=${dispute.id}`}>
                {t('back.answer')}
              </Link>
            )}
          </li>
        ))}
        {back.authorisations.map((word) => (
          <li key={word.id}>
            <Raised
              text={t('back.agreed', {
                amount: said(word.amount),
                name: word.authorised_by,
                day: dated(word.authorised_on),
                reference: word.reference,
              })}
            />
          </li>
        ))}
      </ul>
      <p className="note" role="status">
        {done && t(`back.said_${done.state}`, { amount: said(done.amount) })}
      </p>
      {(most > 0 || (back.needs_authorisation && (missing > 0 || back.authorised < 0))) && (
        <div className="buttons">
          {most > 0 && (
            <button
              type="button"
              className="button line"
              onClick={() => {
                setAsking('back');
              }}
            >
              {t('back.give')}
            </button>
          )}
          {back.needs_authorisation && (missing > 0 || back.authorised < 0) && (
            <button
              type="button"
              className={most > 0 ? 'button bare' : 'button line'}
              onClick={() => {
                setAsking('agent');
              }}
            >
              {t('back.authorise')}
            </button>
          )}
        </div>
      )}
      {asking === 'agent' && (
        <AuthoriseDialog
          donation={donation}
          missing={back.authorised < 0 ? -back.authorised : missing}
          onClose={close}
        />
      )}
      {asking === 'back' && (
        <GiveBackDialog donation={donation} most={most} isByHand={!isByProvider} onDone={setDone} onClose={close} />
      )}
    </section>
  );
}

function FailureSaid({ code }: { code: string }) {
  const { t } = useTranslation('money');
  const known = FAILURES.find((each) => each === code);
  return known ? t(`back.failure.${known}`) : t('back.failure_code', { code });
}
