import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, read } from '@/api/client';
import { asProblem } from '@/api/problem';
import type { Place, SeatState } from '@/api/shapes';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';

/** Where a place lies, and the tiles that draw it. */
const placeQuery = ({ country, kind, code }: Place) =>
  queryOptions({
    queryKey: ['territories', 'areas', country, kind, code],
    queryFn: async () => {
      const [card, { items }] = await Promise.all([
        read(
          client.GET('/api/v1/territories/areas/{country}/{kind}/{code}/', {
            params: { path: { country, kind, code } },
          }),
        ),
        read(client.GET('/api/v1/territories/sets/')),
      ]);
      const [finest] = items
        .filter((set) => set.kind === kind && set.country === country && set.tiles)
        .sort((a, b) => a.precision_m - b.precision_m);
      return { bounds: card.bounds, attribution: card.attribution, tiles: finest?.tiles ?? null };
    },
    staleTime: Infinity,
  });

/** The place from near, among its neighbours; the map that zooms is heavy and comes when asked for. */
export function CloseMap({ place, state }: { place: Place; state: SeatState }) {
  const { t } = useTranslation('organiser');
  const [isOpen, setOpen] = useState(false);
  const sheet = useRef<HTMLDivElement>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const { data, isFetching, isError, error, refetch } = useQuery({ ...placeQuery(place), enabled: isOpen });

  useEffect(() => {
    const element = sheet.current;
    const [west, south, east, north] = data?.bounds ?? [];
    if (
      !element ||
      !data?.tiles ||
      west === undefined ||
      south === undefined ||
      east === undefined ||
      north === undefined
    )
      return;
    let isGone = false;
    let takeDown: (() => void) | undefined;
    import('@/map/place-map')
      .then(({ drawPlaceMap }) => {
        if (isGone) return;
        takeDown = drawPlaceMap(element, {
          tiles: data.tiles ?? '',
          layer: place.kind,
          code: place.code,
          bounds: [west, south, east, north],
          fill: `--${state.replace('_', '-')}`,
          attribution: data.attribution,
          label: t('seat.close_label', { place: place.name }),
        });
      })
      .catch((problem: unknown) => {
        setFailure(asProblem(problem));
      });
    return () => {
      isGone = true;
      takeDown?.();
    };
  }, [data, place, state, t]);

  if (!isOpen) {
    return (
      <button
        type="button"
        className="button line"
        onClick={() => {
          setOpen(true);
        }}
      >
        {t('seat.close')}
      </button>
    );
  }
  if (isError || failure) return <Trouble error={error ?? failure} retry={() => void refetch()} />;
  if (isFetching) return <Skeleton lines={4} />;
  if (!data?.bounds || !data.tiles) return <p className="muted">{t('seat.close_none')}</p>;
  return <div className="map-place" ref={sheet} />;
}
