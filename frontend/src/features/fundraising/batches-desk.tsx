import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type BatchLine, METHODS_BY_HAND, type MethodByHand, type RecipientKept } from '@/api/shapes';
import { dated, money, number, shortDay } from '@/lib/format';
import { useFilters } from '@/lib/use-filters';
import { Blank } from '@/ui/blank';
import { DeskHead } from '@/ui/desk-head';
import { ListBody } from '@/ui/list-body';
import { ListFoot } from '@/ui/list-foot';
import { type Column, ListTable } from '@/ui/list-table';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { BatchPane } from './batch-pane';
import { batchesQuery, booksKey, openBatch } from './books-api';
import './books.css';
import { RecipientPage } from './recipient-page';

/** Cheques, cash and transfers, written down a batch at a time. */
export function BatchesDesk() {
  return <RecipientPage>{(recipient) => <Batches key={recipient.code} recipient={recipient} />}</RecipientPage>;
}

const keyOf = (row: BatchLine) => row.id;

function Batches({ recipient }: { recipient: RecipientKept }) {
  const { t } = useTranslation('money');
  const { get, set } = useFilters();
  const queries = useQueryClient();
  const list = useInfiniteQuery(batchesQuery(recipient.code));
  const rows = useMemo(() => (list.data?.pages ?? []).flatMap((page) => page.items), [list.data]);
  const chosen = get('batch') || null;
  const open = useMutation({
    mutationFn: (method: MethodByHand) => openBatch(recipient.code, method),
    onSuccess: async (batch) => {
      await queries.invalidateQueries({ queryKey: booksKey(recipient.code) });
      set({ batch: batch.id });
    },
  });
  const columns = useMemo<Column<BatchLine>[]>(
    () => [
      {
        name: 'slip',
        word: t('batches.slip'),
        isHead: true,
        cell: (row) => t(`batches.of_${row.method}`, { slip: row.slip }).trim(),
      },
      {
        name: 'day',
        word: t('column.day'),
        isUnderName: true,
        cell: (row) => <Raised text={row.deposited_on ? dated(row.deposited_on) : shortDay(row.opened_at)} />,
      },
      { name: 'state', word: t('column.state'), cell: (row) => t(row.is_open ? 'batches.open' : 'batches.deposited') },
      { name: 'donations', word: t('batches.donations'), isNumber: true, cell: (row) => number(row.donations) },
      {
        name: 'amount',
        word: t('column.amount'),
        isNumber: true,
        cell: (row) => <b>{money(row.total, recipient.currency)}</b>,
      },
    ],
    [t, recipient.currency],
  );
  return (
    <>
      <DeskHead title={t('batches.title')} lead={t('batches.why', { name: recipient.name })}>
        {METHODS_BY_HAND.map((method) => (
          <button
            key={method}
            type="button"
            className="button line"
            disabled={open.isPending}
            onClick={() => {
              open.mutate(method);
            }}
          >
            {t(`batches.new_${method}`)}
          </button>
        ))}
      </DeskHead>
      {open.isError && <Trouble error={open.error} />}
      {chosen && (
        <BatchPane
          key={chosen}
          recipient={recipient}
          id={chosen}
          onClose={() => {
            set({ batch: null });
          }}
        />
      )}
      <Pane title={t('batches.list')} className="batches">
        <ListBody
          list={list}
          blank={
            rows.length === 0 && (
              <Blank title={t('batches.none')}>
                <p>{t('batches.none_why')}</p>
              </Blank>
            )
          }
        >
          <ListTable
            label={t('batches.list')}
            rows={rows}
            columns={columns}
            keyOf={keyOf}
            chosen={chosen}
            onChoose={(id) => {
              set({ batch: id });
            }}
          />
        </ListBody>
        <ListFoot keys="walk" more={list}>
          {t('batches.count', { count: rows.length, number: number(rows.length) })}
        </ListFoot>
      </Pane>
    </>
  );
}
