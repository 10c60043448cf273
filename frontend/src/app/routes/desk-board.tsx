import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { drawingQuery } from '@/entities/area/drawing';
import { actionQueries } from '@/features/actions/api';
import { BoardDesk } from '@/features/actions/board-desk';
import { OfficeHolderCard } from '@/features/advocacy/office-holder-card';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';

export function DeskBoard() {
  const { id = '' } = useParams();
  const action = useQuery(actionQueries.one(id));
  const drawing = useQuery(drawingQuery);
  if (action.isPending) return <Skeleton lines={12} />;
  if (action.isError) return <Trouble error={action.error} retry={() => void action.refetch()} />;
  return (
    <BoardDesk
      action={action.data}
      mapSrc={drawing.data?.src ?? null}
      credit={drawing.data?.credit ?? ''}
      officeHolder={(code) => <OfficeHolderCard key={code} area={code} isSmall />}
    />
  );
}
