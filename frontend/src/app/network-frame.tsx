import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Network } from '@/api/shapes';
import { networkQueries } from '@/features/relays/api';
import { useFilters } from '@/lib/use-filters';
import { Blank } from '@/ui/blank';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';

/** The network that a screen is about: the one in the address, else the newest. */
export function NetworkFrame({ children }: { children: (network: Network) => ReactNode }) {
  const { t } = useTranslation('organiser');
  const { get, set } = useFilters();
  const networks = useQuery(networkQueries.list);
  if (networks.isPending) return <Skeleton lines={8} />;
  if (networks.isError) return <Trouble error={networks.error} retry={() => void networks.refetch()} />;
  const items = networks.data.items;
  const network = items.find((item) => item.slug === get('network')) ?? items[0];
  if (!network) {
    return (
      <Blank title={t('network.none')}>
        <p>{t('network.none_why')}</p>
      </Blank>
    );
  }
  if (items.length === 1) return children(network);
  return (
    <>
      <div className="filters network-switch" role="group" aria-label={t('network.switch')}>
        {items.map((item) => (
          <button
            key={item.id}
            type="button"
            className="chip"
            aria-pressed={item === network}
            onClick={() => {
              set({ network: item.slug, seat: null, area: null });
            }}
          >
            {item.name}
          </button>
        ))}
      </div>
      {children(network)}
    </>
  );
}
