import { useQuery } from '@tanstack/react-query';
import { Trouble } from '@/ui/trouble';
import { CallCard } from './call-card';
import { careQueries } from './care-api';

/** The friendly calls that I owe, the oldest first; nothing where I owe none. */
export function FriendlyCalls() {
  const calls = useQuery(careQueries.calls);
  return (
    <>
      {calls.isError && <Trouble error={calls.error} retry={() => void calls.refetch()} />}
      {calls.data?.items.map((call) => (
        <CallCard key={call.id} call={call} />
      ))}
    </>
  );
}
