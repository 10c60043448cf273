import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { setsQuery } from '@/entities/area/sets';
import { actionQueries } from '@/features/actions/api';
import { BoardDesk } from '@/features/actions/board-desk';
import { OfficeHolderCard } from '@/features/advocacy/office-holder-card';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';

export function DeskBoard() {
  const { id = '' } = useParams();
  const action = useQuery(actionQueries.one(id));
  const sets = useQuery(setsQuery);
  const set = sets.data?.items.find((item) => item.svg);
  if (action.isPending) return <Skeleton lines={12} />;
  if (action.isError) return <Trouble error={action.error} retry={() => void action.refetch()} />;
  return (
    <BoardDesk
      action={action.data}
      mapSrc={set?.svg ?? null}
      credit={[set?.attribution, set?.licence].filter(Boolean).join(', ')}
      officeHolder={(code) => <OfficeHolderCard key={code} area={code} isSmall />}
    />
  );
}
