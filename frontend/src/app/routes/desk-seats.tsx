import { useQuery } from '@tanstack/react-query';
import { drawingQuery } from '@/entities/area/drawing';
import { OfficeHolderCard } from '@/features/advocacy/office-holder-card';
import { SeatPanel } from '@/features/relays/seat-panel';
import { SeatsDesk } from '@/features/relays/seats-desk';
import { NetworkFrame } from '../network-frame';

export function DeskSeats() {
  const drawing = useQuery(drawingQuery);
  return (
    <NetworkFrame>
      {(network) => (
        <SeatsDesk
          network={network.id}
          mapSrc={drawing.data?.src ?? null}
          credit={drawing.data?.credit ?? ''}
          panel={(seat) => (
            <SeatPanel key={seat.id} row={seat} officeHolder={<OfficeHolderCard area={seat.code} isSmall />} />
          )}
        />
      )}
    </NetworkFrame>
  );
}
