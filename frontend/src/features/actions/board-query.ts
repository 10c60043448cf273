import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import { Problem } from '@/api/problem';
import type { BoardAnswer, BoardLine, BoardState } from '@/api/shapes';

export interface Board {
  asOf: string;
  etag: string | null;
  counts: Record<BoardState, number>;
  lines: ReadonlyMap<string, BoardLine>;
  /** What changed while this page was open, the newest first. */
  news: readonly BoardLine[];
}

const NEWS_KEPT = 50;

/** Lay what changed over what was known. */
export function mergeBoard(before: Board | undefined, answer: BoardAnswer, etag: string | null): Board {
  const lines = new Map(before?.lines);
  const news: BoardLine[] = [];
  for (const line of answer.assignments) {
    const known = lines.get(line.id);
    if (before && known?.changed_at !== line.changed_at) news.push(line);
    lines.set(line.id, line);
  }
  news.sort((a, b) => b.changed_at.localeCompare(a.changed_at));
  return {
    asOf: answer.as_of,
    etag,
    counts: answer.counts,
    lines,
    news: [...news, ...(before?.news ?? [])].slice(0, NEWS_KEPT),
  };
}

/** The board of an action: whole at first, then every three seconds only what changed since; 304 costs nothing. */
export const boardQuery = (id: string, queries: QueryClient) => {
  const queryKey = ['actions', 'board', id] as const;
  return queryOptions({
    queryKey,
    queryFn: async (): Promise<Board> => {
      const before = queries.getQueryData<Board>(queryKey);
      const call = client.GET('/api/v1/actions/{id}/board/', {
        params: { path: { id }, query: before ? { since: before.asOf } : {} },
        headers: before?.etag ? { 'If-None-Match': before.etag } : {},
        cache: 'no-store',
      });
      let response: Response;
      try {
        ({ response } = await call);
      } catch {
        throw new Problem(0, { code: 'network' });
      }
      if (response.status === 304 && before) return before;
      return mergeBoard(before, await read<BoardAnswer>(call as never), response.headers.get('ETag'));
    },
    refetchInterval: 3_000,
    structuralSharing: false,
    gcTime: 0,
  });
};
