import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import type { DocumentVersion, Wordings } from '@/api/shapes';

/** What stands beside each box of a form; under the key of the charter, since a step of either changes both. */
export const wordingsQuery = queryOptions({
  queryKey: ['people', 'charter', 'wordings'],
  queryFn: () => read(client.GET('/api/v1/people/wordings/')),
});

export function draftWording(slug: string): Promise<DocumentVersion> {
  return read(client.POST('/api/v1/people/wordings/{slug}/draft/', { params: { path: { slug } } }));
}

export function retireWording(id: string): Promise<Wordings> {
  return read(client.POST('/api/v1/people/documents/versions/{id}/retire/', { params: { path: { id } } }));
}
