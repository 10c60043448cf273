import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { day, instant, money, number } from '@/lib/format';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';
import { payoutsQuery } from './payouts-api';
import { treasuryQuery } from './treasury-api';

const KINDS = ['held', 'disputes', 'differences', 'excesses', 'near'] as const;

/** What waits for the treasurer of a recipient, each with its way there, and the money that arrives next. */
export function ToDoPane({ code }: { code: string }) {
  const { t } = useTranslation('money');
  const treasury = useQuery(treasuryQuery).data;
  const next = useInfiniteQuery(payoutsQuery(code)).data?.pages[0]?.items.find(({ state }) => state === 'in_transit');
  const recipient = treasury?.items.find((one) => one.code === code);
  if (!treasury || !recipient) return null;
  const counts = { ...recipient, near: treasury.near_identities };
  const waiting = KINDS.filter((kind) => counts[kind] > 0);
  return (
    <Pane
      title={t('to_do.title')}
      note={recipient.due_at && <Raised text={t('to_do.before', { at: instant(recipient.due_at) })} />}
    >
      <div className="pane-body">
        {waiting.length === 0 && <p>{t('decide.nothing_waits')}</p>}
        <ul className="rows">
          {waiting.map((kind, index) => {
            const what = t(`to_do.${kind}`, { count: counts[kind], number: number(counts[kind]) });
            return (
              <Row key={kind} what={what}>
                <Link
                  className={index === 0 ? 'button' : 'button line'}
                  to={`/desk/money/decide?fund=${code}&what=${kind}`}
                >
                  {t('to_do.see')} <span className="sr-only">{what}</span>
                </Link>
              </Row>
            );
          })}
          {next && (
            <Row
              what={
                <Raised
                  text={t('to_do.payout', {
                    amount: money(next.amount, recipient.currency),
                    day: day(next.arrives_on),
                  })}
                />
              }
            >
              <Link className="button line" to={`/desk/money/payouts?fund=${code}&payout=${next.id}`}>
                {t('to_do.see')} <span className="sr-only">{t('payouts.list')}</span>
              </Link>
            </Row>
          )}
        </ul>
      </div>
    </Pane>
  );
}

function Row({ what, children }: { what: ReactNode; children: ReactNode }) {
  return (
    <li>
      <span>{what}</span>
      {children}
    </li>
  );
}
