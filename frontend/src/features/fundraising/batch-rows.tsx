import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Batch, BatchRow, RecipientKept } from '@/api/shapes';
import { dated, money } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { booksKey, cancelRow, dropRow } from './books-api';

interface Props {
  batch: Batch;
  recipient: RecipientKept;
  changing: string | undefined;
  onChange: (row: BatchRow | undefined) => void;
}

/** The donations of a batch, a row a line: changed or taken out while it is open, cancelled by a correction after. */
export function BatchRows({ batch, recipient, changing, onChange }: Props) {
  const { t } = useTranslation('money');
  const queries = useQueryClient();
  const again = () => queries.invalidateQueries({ queryKey: booksKey(recipient.code) });
  const drop = useMutation({ mutationFn: (row: string) => dropRow(batch.id, row), onSuccess: again });
  const cancel = useMutation({
    mutationFn: ({ row, why }: { row: string; why: 'typed_wrong' | 'unpaid' }) => cancelRow(batch.id, row, why),
    onSuccess: again,
  });
  if (batch.rows.length === 0) return <p className="muted">{t('batches.no_rows')}</p>;
  return (
    <>
      <div className="table-scroll" tabIndex={0} role="group" aria-label={t('batches.rows')}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col" className="number">
                {t('batches.position')}
              </th>
              <th scope="col">{t('column.name')}</th>
              <th scope="col" className="number">
                {t('column.amount')}
              </th>
              <th scope="col">
                <span className="sr-only">{t('batches.acts')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {batch.rows.map((row) => {
              const name = `${row.donor.given_name} ${row.donor.family_name}`.trim();
              return (
                <tr key={row.id} aria-selected={row.id === changing}>
                  <td className="number">{row.position}</td>
                  <th scope="row">
                    {name}
                    <small className="under">
                      <Raised text={[dated(row.received_on), row.paper, row.cheque].filter(Boolean).join(', ')} />
                    </small>
                  </th>
                  <td className="number">
                    {row.cancelled_for ? <s>{money(row.amount, batch.currency)}</s> : money(row.amount, batch.currency)}
                  </td>
                  <td>
                    <div className="acts end">
                      {batch.is_open ? (
                        <>
                          <button
                            type="button"
                            className="button bare"
                            aria-label={t('batches.change_of', { name })}
                            onClick={() => {
                              onChange(row);
                            }}
                          >
                            {t('batches.change')}
                          </button>
                          <button
                            type="button"
                            className="button bare"
                            aria-label={t('batches.take_out_of', { name })}
                            disabled={drop.isPending}
                            onClick={() => {
                              if (row.id === changing) onChange(undefined);
                              drop.mutate(row.id);
                            }}
                          >
                            {t('batches.take_out')}
                          </button>
                        </>
                      ) : row.cancelled_for ? (
                        t(`batches.cancelled_${row.cancelled_for}`)
                      ) : (
                        (['typed_wrong', 'unpaid'] as const).map((why) => (
                          <button
                            key={why}
                            type="button"
                            className="button bare"
                            aria-label={t(`batches.cancel_${why}_of`, { name })}
                            disabled={cancel.isPending}
                            onClick={() => {
                              const amount = money(row.amount, batch.currency);
                              if (confirm(t('batches.cancel_sure', { amount, name })))
                                cancel.mutate({ row: row.id, why });
                            }}
                          >
                            {t(`batches.cancel_${why}`)}
                          </button>
                        ))
                      )}
                    </div>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {drop.isError && <Trouble error={drop.error} />}
      {cancel.isError && <Trouble error={cancel.error} />}
    </>
  );
}
