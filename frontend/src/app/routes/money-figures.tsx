import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { drawingQuery } from '@/entities/area/drawing';
import { FiguresDesk } from '@/features/fundraising/figures/figures-desk';
import { networkQueries } from '@/features/relays/api';

/** What was given, beside the state of the seats of the newest network. */
export function MoneyFigures() {
  const drawing = useQuery(drawingQuery);
  const networks = useQuery(networkQueries.list);
  const network = networks.data?.items.find(({ kind }) => !kind);
  const seats = useQuery({ ...networkQueries.seats(network?.id ?? ''), enabled: Boolean(network) });
  const places = useMemo(
    () => ({
      mapSrc: drawing.data?.src ?? null,
      credit: drawing.data?.credit ?? '',
      seats: new Map((seats.data?.items ?? []).map(({ code, state }) => [code, state])),
    }),
    [drawing.data, seats.data],
  );
  return <FiguresDesk places={places} />;
}
