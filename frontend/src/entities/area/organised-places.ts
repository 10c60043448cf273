import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import type { PlaceRow } from '@/api/shapes';
import { meQuery } from '@/entities/person/me';

/** The kinds of place by which lists are narrowed, in the order in which a country is asked for them. */
const KINDS = ['department', 'nation', 'region'] as const;
const MOST = 200;

export type OrganisedPlace = Pick<PlaceRow, 'id' | 'name' | 'country' | 'kind' | 'code'>;

async function placesBelow(country: string, kind: string, below: string): Promise<OrganisedPlace[]> {
  const page = await read(
    client.GET('/api/v1/territories/areas/', {
      params: { query: { country, kind, limit: MOST, ...(below ? { below } : {}) } },
    }),
  );
  return page.items;
}

/** The places where I hold a role, and the departments (or what a country has instead) below them, by name. */
export const placesOfRoleQuery = (mine: 'organiser' | 'treasurer' | 'administrator') =>
  queryOptions({
    queryKey: ['territories', 'mine', mine],
    queryFn: async ({ client: queries }) => {
      const me = await queries.ensureQueryData(meQuery);
      const found = new Map<string, OrganisedPlace>();
      for (const { role, area } of me?.grants ?? []) {
        if (role !== mine) continue;
        const isWide = area.kind === 'country' || area.kind === 'region' || area.kind === 'nation';
        if (area.kind !== 'country') found.set(area.id, area);
        for (const kind of isWide ? KINDS : []) {
          if (kind === area.kind) continue;
          const below = await placesBelow(area.country, kind, area.kind === 'country' ? '' : area.code);
          for (const place of below) found.set(place.id, place);
          if (below.length > 0) break;
        }
      }
      return [...found.values()].sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
    },
    staleTime: 60 * 60_000,
  });

export const organisedPlacesQuery = placesOfRoleQuery('organiser');
