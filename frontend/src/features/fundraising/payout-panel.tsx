import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RecipientKept } from '@/api/shapes';
import { dated, money, shortDay } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { Fact } from './fact';
import { payoutQuery } from './payouts-api';

/** Kinds of the provider's lines that we have words for. */
const MOVEMENTS = [
  'charge',
  'payment',
  'refund',
  'payment_refund',
  'refund_failure',
  'payment_failure_refund',
  'adjustment',
  'stripe_fee',
  'payout',
  'payout_failure',
] as const;

/** One payout: where it stands, and what it holds, so that it is found again in the books. */
export function PayoutPanel({ recipient, id }: { recipient: RecipientKept; id: string }) {
  const { t } = useTranslation('money');
  const query = useInfiniteQuery(payoutQuery(id));
  const payout = query.data?.pages[0];
  const said = (cents: number) => money(cents, recipient.currency);
  if (!payout)
    return (
      <div className="pane-body">
        {query.isError ? <Trouble error={query.error} retry={() => void query.refetch()} /> : <Skeleton lines={6} />}
      </div>
    );
  const lines = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="pane-body">
      <h2>{t('payouts.of', { amount: said(payout.amount) })}</h2>
      <dl className="facts wide">
        <Fact name={t('column.state')}>{t(`payouts.state.${payout.state}`)}</Fact>
        <Fact name={t('payouts.sent')}>
          <Raised text={dated(payout.sent_at)} />
        </Fact>
        <Fact name={t('payouts.arrives')}>
          <Raised text={dated(payout.arrives_on)} />
        </Fact>
        {payout.failure && <Fact name={t('payouts.failure')}>{payout.failure}</Fact>}
        <Fact name={t('decide.reference')}>
          <span className="spoken">{payout.id}</span>
        </Fact>
      </dl>
      <section className="panel-section">
        <h3>{t('payouts.holds')}</h3>
        {!payout.is_automatic && <p>{t('payouts.by_hand')}</p>}
        {payout.is_automatic && lines.length === 0 && <p className="muted">{t('payouts.no_lines')}</p>}
        <ul className="plain">
          {lines.map((line) => {
            const kind = MOVEMENTS.find((each) => each === line.kind);
            const what = kind ? t(`payouts.movement.${kind}`) : line.kind;
            return (
              <li key={line.id}>
                <b>{said(line.amount)}</b>{' '}
                {line.donation ? (
                  <Link to={`/desk/money/donations?fund=${recipient.code}&donation=${line.donation}`}>{what}</Link>
                ) : (
                  what
                )}{' '}
                <small>
                  <Raised text={shortDay(line.happened_at)} />
                  {line.fee !== 0 && `, ${t('payouts.fee', { amount: said(line.fee) })}`}
                  {line.state === 'open' && `, ${t('payouts.not_in_books')}`}
                </small>
              </li>
            );
          })}
        </ul>
        {query.hasNextPage && (
          <button
            type="button"
            className="button line"
            disabled={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('common:more')}
          </button>
        )}
      </section>
    </div>
  );
}
