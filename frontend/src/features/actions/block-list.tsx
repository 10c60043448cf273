import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { actionQueries } from './api';

/** What each place completes by itself: a button for each block puts it into the brief, where the cursor stands. */
export function BlockList({ onInsert }: { onInsert: (written: string) => void }) {
  const { t } = useTranslation('organiser');
  const blocks = useQuery(actionQueries.blocks);
  const id = useId();
  return (
    <div className="field">
      <b id={id}>{t('blocks.title')}</b>
      <p className="hint">{t('blocks.why')}</p>
      {blocks.isPending && <Skeleton lines={3} />}
      {blocks.isError && <Trouble error={blocks.error} retry={() => void blocks.refetch()} />}
      {blocks.data && (
        <ul className="rows" aria-labelledby={id}>
          {blocks.data.items.map(({ name, written, gives }) => (
            <li key={name}>
              <div>
                <code>{written}</code>
                <p>{gives}</p>
              </div>
              <button
                type="button"
                className="button line"
                aria-label={t('blocks.insert_named', { name: written })}
                onClick={() => {
                  onInsert(written);
                }}
              >
                {t('blocks.insert')}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
