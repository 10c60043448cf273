import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ProviderMoney, RecipientKept } from '@/api/shapes';
import { instant, money, number } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { openNewCards, providerQuery } from './payouts-api';

/** How the money stands at the provider, in sums, and what lies between it and the books. */
export function ProviderStanding({ recipient }: { recipient: RecipientKept }) {
  const standing = useQuery(providerQuery(recipient.code));
  if (standing.isPending) return <Skeleton lines={2} />;
  if (standing.isError) return <Trouble error={standing.error} retry={() => void standing.refetch()} />;
  return <Told recipient={recipient} standing={standing.data} />;
}

function Told({ recipient, standing }: { recipient: RecipientKept; standing: ProviderMoney }) {
  const { t } = useTranslation('money');
  const queries = useQueryClient();
  const said = (cents: number) => money(cents, standing.currency);
  const open = useMutation({
    mutationFn: () => openNewCards(recipient.code),
    onSuccess: () => queries.invalidateQueries({ queryKey: providerQuery(recipient.code).queryKey }),
  });
  const { balance, books, opening, under_way, reconciliation: run, new_cards_closed: closed } = standing;
  const between = balance === null ? null : balance - opening - books - under_way;
  const sums = [
    ['books', said(books), t('payouts.books_note')],
    ['under_way', said(under_way), t('payouts.under_way_note')],
    ...(opening ? [['opening', said(opening), t('payouts.opening_note')] as const] : []),
    ['balance', balance === null ? t('bank.not_told') : said(balance), t('payouts.balance_note')],
    ...(between === null ? [] : [['between', said(between), t('payouts.between_note')] as const]),
  ] as const;
  return (
    <>
      <dl className="bank-standing">
        {sums.map(([name, sum, note]) => (
          <div key={name}>
            <dt>{t(`payouts.sum_${name}`)}</dt>
            <dd>
              {sum} <small>{note}</small>
            </dd>
          </div>
        ))}
      </dl>
      <p className="note" role="status">
        <Raised
          text={
            !run
              ? t('payouts.never_read')
              : !run.ended_at
                ? t('payouts.reading', { count: run.seen, number: number(run.seen) })
                : t(run.is_whole ? 'payouts.read' : 'payouts.read_given_up', {
                    at: instant(run.ended_at),
                    count: run.applied,
                    number: number(run.applied),
                  })
          }
        />{' '}
        {standing.differences > 0 && (
          <Link to={`/desk/money/decide?fund=${recipient.code}&what=differences`}>
            {t('payouts.differences', { count: standing.differences, number: number(standing.differences) })}
          </Link>
        )}
      </p>
      {closed && (
        <div className="notice fields">
          <p>
            <b>{t('payouts.cards_closed')}</b>{' '}
            <Raised
              text={t('payouts.cards_closed_why', {
                tries: number(closed.tries),
                declined: number(closed.declined),
                until: instant(closed.until),
              })}
            />
          </p>
          {open.isError && <Trouble error={open.error} />}
          <div className="buttons">
            <button
              type="button"
              className="button line"
              disabled={open.isPending}
              onClick={() => {
                open.mutate();
              }}
            >
              {t('payouts.cards_open')}
            </button>
          </div>
        </div>
      )}
    </>
  );
}
