import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import type { Charter, DocumentVersion } from '@/api/shapes';

/** The charter as I find it. */
export const charterQuery = queryOptions({
  queryKey: ['people', 'charter'],
  queryFn: () => read(client.GET('/api/v1/people/charter/')),
});

export function draftCharter(): Promise<DocumentVersion> {
  return read(client.POST('/api/v1/people/charter/draft/'));
}

export function agreeToCharter(id: string): Promise<Charter> {
  return read(client.POST('/api/v1/people/documents/versions/{id}/agree/', { params: { path: { id } } }));
}
