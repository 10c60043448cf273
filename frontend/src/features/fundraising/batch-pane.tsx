import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Batch, BatchRow, RecipientKept } from '@/api/shapes';
import { money } from '@/lib/format';
import { Pane } from '@/ui/pane';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { BatchDeposit } from './batch-deposit';
import { BatchRowForm } from './batch-row-form';
import { BatchRows } from './batch-rows';
import { batchQuery, booksKey, bringRows, dropBatch } from './books-api';
import { WrongLines } from './wrong-lines';

interface Props {
  recipient: RecipientKept;
  id: string;
  onClose: () => void;
}

/** One batch: its rows, the row being written, and the slip with which it is deposited. */
export function BatchPane({ recipient, id, onClose }: Props) {
  const { t } = useTranslation('money');
  const batch = useQuery(batchQuery(recipient.code, id));
  const title = batch.data ? t(`batches.of_${batch.data.method}`, { slip: batch.data.slip }) : t('batches.title');
  return (
    <Pane title={title} note={batch.data && money(batch.data.total, recipient.currency)} className="batch">
      {batch.isPending && (
        <div className="pane-body">
          <Skeleton lines={6} />
        </div>
      )}
      {batch.isError && (
        <div className="pane-body">
          <Trouble error={batch.error} retry={() => void batch.refetch()} />
        </div>
      )}
      {batch.data && <Whole key={batch.data.id} batch={batch.data} recipient={recipient} onClose={onClose} />}
    </Pane>
  );
}

function Whole({ batch, recipient, onClose }: { batch: Batch; recipient: RecipientKept; onClose: () => void }) {
  const { t } = useTranslation('money');
  const queries = useQueryClient();
  const [changing, setChanging] = useState<BatchRow>();
  const again = () => queries.invalidateQueries({ queryKey: booksKey(recipient.code) });
  const bring = useMutation({ mutationFn: (file: File) => bringRows(batch.id, file), onSuccess: again });
  const drop = useMutation({
    mutationFn: () => dropBatch(batch.id),
    onSuccess: async () => {
      onClose();
      await again();
    },
  });
  return (
    <div className="pane-body batch-body">
      {batch.is_open && (
        <BatchRowForm
          key={changing?.id ?? 'new'}
          batch={batch}
          recipient={recipient}
          row={changing}
          onDone={() => {
            setChanging(undefined);
          }}
        />
      )}
      <BatchRows batch={batch} recipient={recipient} changing={changing?.id} onChange={setChanging} />
      {batch.is_open && (
        <>
          <BatchDeposit batch={batch} recipient={recipient} />
          <div className="buttons">
            <label className="button line">
              {t('batches.bring')}
              <input
                type="file"
                className="sr-only"
                accept=".csv,.txt,.tsv,text/csv"
                onChange={(event) => {
                  const file = event.target.files?.[0];
                  if (file) bring.mutate(file);
                  event.target.value = '';
                }}
              />
            </label>
            <button
              type="button"
              className="button bare"
              disabled={drop.isPending}
              onClick={() => {
                if (confirm(t('batches.drop_sure', { count: batch.donations }))) drop.mutate();
              }}
            >
              {t('batches.drop')}
            </button>
          </div>
          <p className="hint">{t('batches.bring_why')}</p>
        </>
      )}
      {bring.isError && <Trouble error={bring.error} />}
      {bring.isError && <WrongLines error={bring.error} />}
      {drop.isError && <Trouble error={drop.error} />}
    </div>
  );
}
