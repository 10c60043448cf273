import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Payout, RecipientKept } from '@/api/shapes';
import { dated, money, number, shortDay } from '@/lib/format';
import { useFilters } from '@/lib/use-filters';
import { Blank } from '@/ui/blank';
import { DeskHead } from '@/ui/desk-head';
import { ListBody } from '@/ui/list-body';
import { ListFoot } from '@/ui/list-foot';
import { type Column, ListTable } from '@/ui/list-table';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';
import { SidePanel } from '@/ui/side-panel';
import { Trouble } from '@/ui/trouble';
import './books.css';
import { PayoutPanel } from './payout-panel';
import { payoutsQuery, providerQuery, readBack } from './payouts-api';
import { ProviderStanding } from './provider-standing';
import { RecipientPage } from './recipient-page';

/** The money at the payment provider: how it stands, and what it sent to the bank. */
export function PayoutsDesk() {
  return <RecipientPage>{(recipient) => <Payouts key={recipient.code} recipient={recipient} />}</RecipientPage>;
}

const keyOf = (row: Payout) => row.id;

function Payouts({ recipient }: { recipient: RecipientKept }) {
  const { t } = useTranslation('money');
  const { get, set } = useFilters();
  const queries = useQueryClient();
  const run = useQuery(providerQuery(recipient.code)).data?.reconciliation;
  const list = useInfiniteQuery(payoutsQuery(recipient.code));
  const rows = useMemo(() => (list.data?.pages ?? []).flatMap((page) => page.items), [list.data]);
  const chosen = get('payout') || null;
  const begin = useMutation({
    mutationFn: () => readBack(recipient.code),
    onSuccess: () => queries.invalidateQueries({ queryKey: providerQuery(recipient.code).queryKey }),
  });
  const columns = useMemo<Column<Payout>[]>(
    () => [
      { name: 'sent', word: t('payouts.sent'), isHead: true, cell: (row) => <Raised text={dated(row.sent_at)} /> },
      {
        name: 'arrives',
        word: t('payouts.arrives'),
        isUnderName: true,
        cell: (row) => <Raised text={shortDay(row.arrives_on)} />,
      },
      {
        name: 'amount',
        word: t('column.amount'),
        isNumber: true,
        cell: (row) => <b>{money(row.amount, recipient.currency)}</b>,
      },
      { name: 'state', word: t('column.state'), cell: (row) => t(`payouts.state.${row.state}`) },
    ],
    [t, recipient.currency],
  );
  return (
    <>
      <DeskHead title={t('payouts.title')} lead={t('payouts.why', { name: recipient.name })}>
        <button
          type="button"
          className="button line"
          disabled={begin.isPending || Boolean(run && !run.ended_at)}
          onClick={() => {
            begin.mutate();
          }}
        >
          {t('payouts.read_now')}
        </button>
      </DeskHead>
      {begin.isError && <Trouble error={begin.error} />}
      <ProviderStanding recipient={recipient} />
      <div className="duo">
        <Pane title={t('payouts.list')}>
          <ListBody
            list={list}
            blank={
              rows.length === 0 && (
                <Blank title={t('payouts.none')}>
                  <p>{t('payouts.none_why')}</p>
                </Blank>
              )
            }
          >
            <ListTable
              label={t('payouts.list')}
              rows={rows}
              columns={columns}
              keyOf={keyOf}
              chosen={chosen}
              onChoose={(id) => {
                set({ payout: id });
              }}
              isTall
            />
          </ListBody>
          <ListFoot keys="walk" more={list}>
            {t('payouts.count', { count: rows.length, number: number(rows.length) })}
          </ListFoot>
        </Pane>
        <SidePanel label={t('payouts.panel')} title={t('payouts.choose')} why={t('payouts.choose_why')} isWalked>
          {chosen ? <PayoutPanel key={chosen} recipient={recipient} id={chosen} /> : null}
        </SidePanel>
      </div>
    </>
  );
}
