import { useQuery } from '@tanstack/react-query';
import { setsQuery } from '@/entities/area/sets';
import { OfficeHolderCard } from '@/features/advocacy/office-holder-card';
import { SeatPanel } from '@/features/relays/seat-panel';
import { SeatsDesk } from '@/features/relays/seats-desk';
import { NetworkFrame } from '../network-frame';

export function DeskSeats() {
  const sets = useQuery(setsQuery);
  const set = sets.data?.items.find((item) => item.svg);
  return (
    <NetworkFrame>
      {(network) => (
        <SeatsDesk
          network={network.id}
          mapSrc={set?.svg ?? null}
          credit={[set?.attribution, set?.licence].filter(Boolean).join(', ')}
          panel={(seat) => (
            <SeatPanel key={seat.id} row={seat} officeHolder={<OfficeHolderCard area={seat.code} isSmall />} />
          )}
        />
      )}
    </NetworkFrame>
  );
}
