import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import { fetchFile } from '@/api/file';
import type { RollCall, Side } from '@/api/shapes';

const FOUND = 20;

/** Who voted how at each roll call of a subject, beside what they had said by its day. */
export const votesQuery = (subject: string) =>
  queryOptions({
    queryKey: ['advocacy', 'votes', subject],
    queryFn: () => read(client.GET('/api/v1/advocacy/subjects/{id}/votes/', { params: { path: { id: subject } } })),
  });

/** The roll calls that were loaded, by number or by words of their title, the latest first. */
export const rollCallsQuery = (q: string) =>
  queryOptions({
    queryKey: ['advocacy', 'roll-calls', q],
    queryFn: () => read(client.GET('/api/v1/advocacy/roll-calls/', { params: { query: { q, limit: FOUND } } })),
    placeholderData: keepPreviousData,
  });

export function tieRollCall({ id, ...body }: { id: string; subject: string; favourable: Side }): Promise<RollCall> {
  return read(client.POST('/api/v1/advocacy/roll-calls/{id}/tie/', { params: { path: { id } }, body }));
}

export function untieRollCall(id: string): Promise<RollCall> {
  return read(client.DELETE('/api/v1/advocacy/roll-calls/{id}/tie/', { params: { path: { id } } }));
}

export function takeVotes({ subject, reason }: { subject: string; reason: string }): Promise<Blob> {
  return fetchFile(`/api/v1/advocacy/subjects/${subject}/votes/export/`, { reason });
}
