import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { ActionEditor } from '@/features/actions/action-editor';
import { actionQueries } from '@/features/actions/api';
import { subjectsQuery } from '@/features/advocacy/ledger-api';
import { networkQueries } from '@/features/relays/api';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';

export function DeskAction() {
  const { id = '' } = useParams();
  const action = useQuery({ ...actionQueries.one(id), enabled: Boolean(id) });
  const networks = useQuery(networkQueries.list);
  const seats = useQuery({ ...actionQueries.seats(id), enabled: action.data !== undefined });
  const subjects = useQuery(subjectsQuery);
  if (networks.isError) return <Trouble error={networks.error} retry={() => void networks.refetch()} />;
  if (id && action.isError) return <Trouble error={action.error} retry={() => void action.refetch()} />;
  if (networks.isPending || (id && action.isPending)) return <Skeleton lines={12} />;
  return (
    <ActionEditor
      key={id}
      networks={networks.data.items}
      action={id ? action.data : undefined}
      seats={seats.data?.items}
      subjects={subjects.data?.items.filter(({ closed_at }) => !closed_at)}
    />
  );
}
