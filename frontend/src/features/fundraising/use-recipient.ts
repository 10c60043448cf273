import { useQuery } from '@tanstack/react-query';
import { useFilters } from '@/lib/use-filters';
import { treasuryQuery } from './treasury-api';

/** The recipient whose books are open: the one in the address, else the first that I keep. */
export function useRecipient() {
  const { get, set } = useFilters();
  const treasury = useQuery(treasuryQuery);
  const kept = treasury.data?.items ?? [];
  const recipient = kept.find(({ code }) => code === get('fund')) ?? kept[0];
  return { treasury, kept, recipient, get, set };
}
