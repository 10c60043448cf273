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
  const { get } = useFilters();
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
  return children(network);
}
