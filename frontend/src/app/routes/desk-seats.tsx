import { useQuery } from '@tanstack/react-query';
import { drawingQuery } from '@/entities/area/drawing';
import { organisedPlacesQuery } from '@/entities/area/organised-places';
import { OfficeHolderCard } from '@/features/advocacy/office-holder-card';
import { meQuery } from '@/entities/person/me';
import { SeatPanel } from '@/features/relays/seat-panel';
import { SeatsDesk } from '@/features/relays/seats-desk';
import { NetworkFrame } from '../network-frame';

export function DeskSeats() {
  const drawing = useQuery(drawingQuery);
  const { data: me } = useQuery(meQuery);
  const isWhole = me?.grants.some(
    ({ role, area }) => role !== 'relay' && role !== 'stand_in' && area.kind === 'country',
  );
  const places = useQuery(organisedPlacesQuery);
  return (
    <NetworkFrame>
      {(network) => (
        <SeatsDesk
          network={network.id}
          mapSrc={network.kind ? null : (drawing.data?.src ?? null)}
          {...(isWhole || !places.data ? {} : { places: places.data.map((place) => place.name) })}
          credit={drawing.data?.credit ?? ''}
          panel={(seat) => (
            <SeatPanel
              key={seat.id}
              row={seat}
              officeHolder={<OfficeHolderCard area={seat.code} office={network.office} isSmall />}
            />
          )}
        />
      )}
    </NetworkFrame>
  );
}
