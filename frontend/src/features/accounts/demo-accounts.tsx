import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client, read } from '@/api/client';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';

const demoQuery = queryOptions({
  queryKey: ['accounts', 'demo'],
  // Only a local installation answers; elsewhere there is nothing to list.
  queryFn: () => read(client.GET('/api/v1/accounts/demo/')).catch(() => ({ items: [] })),
  staleTime: Infinity,
});

/** One click to be someone of the invented campaign, on a local installation only. */
export function DemoAccounts({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('common');
  const { data } = useQuery(demoQuery);
  const enter = useMutation({
    mutationFn: (key: string) => read(client.POST('/api/v1/accounts/demo/', { body: { key } })),
    onSuccess: onDone,
  });
  if (!data?.items.length) return null;
  return (
    <section aria-labelledby="demo">
      <h2 id="demo">{t('demo.title')}</h2>
      <p className="note">{t('demo.why')}</p>
      <ul className="rows">
        {data.items.map((account) => (
          <li key={account.key}>
            <div>
              <h3>{account.name}</h3>
              <p>
                <Raised text={[account.role, account.place].filter(Boolean).join(', ')} />
              </p>
            </div>
            <button
              type="button"
              className="button line"
              disabled={enter.isPending}
              onClick={() => {
                enter.mutate(account.key);
              }}
            >
              {t('demo.enter')}
              <span className="sr-only"> {account.name}</span>
            </button>
          </li>
        ))}
      </ul>
      {enter.isError && <Trouble error={enter.error} />}
    </section>
  );
}
