import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import type { Organisation, OrganisationSaid } from '@/api/shapes';

/** Who runs this installation, and what its legal notice lacks; for administrators. */
export const organisationQuery = queryOptions({
  queryKey: ['people', 'organisation'],
  queryFn: () => read(client.GET('/api/v1/people/organisation/')),
});

export function describeOrganisation(said: OrganisationSaid): Promise<Organisation> {
  return read(client.PUT('/api/v1/people/organisation/', { body: said }));
}

export function openToPublic(): Promise<Organisation> {
  return read(client.POST('/api/v1/people/organisation/open/'));
}

export function closeToPublic(): Promise<Organisation> {
  return read(client.POST('/api/v1/people/organisation/close/'));
}
