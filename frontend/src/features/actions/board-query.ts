import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import { Problem } from '@/api/problem';
import type { ActionStatus, BoardAnswer, BoardCounts, BoardLine } from '@/api/shapes';

export interface Board {
  asOf: string;
  etag: string | null;
  status: ActionStatus;
  counts: BoardCounts;
  /** The rule for seats on which nobody acts, and what it did. */
  vacant: BoardAnswer['vacant'];
  lines: ReadonlyMap<string, BoardLine>;
  /** The latest answers, the newest first. */
  news: readonly BoardLine[];
}

/** Lay what changed over what was known. */
export function mergeBoard(before: Board | undefined, answer: BoardAnswer, etag: string | null): Board {
  const lines = new Map(before?.lines);
  for (const line of answer.assignments) lines.set(line.id, line);
  return {
    asOf: answer.as_of,
    etag,
    status: answer.status,
    counts: answer.counts,
    vacant: answer.vacant,
    lines,
    news: answer.news,
  };
}

/** The board of an action: whole at first, then every three seconds only what changed since; 304 costs nothing. */
export const boardQuery = (id: string, queries: QueryClient) => {
  const queryKey = ['actions', 'board', id] as const;
  return queryOptions({
    queryKey,
    queryFn: async (): Promise<Board> => {
      const before = queries.getQueryData<Board>(queryKey);
      const answer = await client
        .GET('/api/v1/actions/{id}/board/', {
          params: { path: { id }, query: before ? { since: before.asOf } : {} },
          headers: before?.etag ? { 'If-None-Match': before.etag } : {},
          cache: 'no-store',
        })
        .catch(() => {
          throw new Problem(0, { code: 'network' });
        });
      if (answer.response.status === 304 && before) return before;
      return mergeBoard(before, await read(Promise.resolve(answer)), answer.response.headers.get('ETag'));
    },
    structuralSharing: false,
    gcTime: 0,
  });
};
