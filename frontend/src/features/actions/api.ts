import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import type { Action, ActionText, Assignment, DryRun, Page } from '@/api/shapes';

export interface ActionDraft {
  network: string;
  default_language: string;
  texts: Partial<Record<string, ActionText>>;
  starts_at: string;
  ends_at: string;
}

export const actionQueries = {
  list: infiniteQueryOptions({
    queryKey: ['actions', 'list'],
    queryFn: ({ pageParam }) =>
      read<Page<Action>>(client.GET('/api/v1/actions/', { params: { query: pageParam ? { after: pageParam } : {} } })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  }),
  one: (id: string) =>
    queryOptions({
      queryKey: ['actions', 'one', id],
      queryFn: () => read<Action>(client.GET('/api/v1/actions/{id}/', { params: { path: { id } } })),
    }),
  dryRun: (id: string) =>
    queryOptions({
      queryKey: ['actions', 'one', id, 'preview'],
      queryFn: () => read<DryRun>(client.GET('/api/v1/actions/{id}/preview/', { params: { path: { id } } })),
      staleTime: 0,
    }),
};

export const assignmentQueries = {
  mine: queryOptions({
    queryKey: ['actions', 'assignments', 'mine'],
    queryFn: () =>
      read<Page<Assignment>>(client.GET('/api/v1/actions/assignments/', { params: { query: { mine: '1' } } })),
  }),
  one: (id: string) =>
    queryOptions({
      queryKey: ['actions', 'assignments', id],
      queryFn: () => read<Assignment>(client.GET('/api/v1/actions/assignments/{id}/', { params: { path: { id } } })),
    }),
};

export function createAction(body: ActionDraft): Promise<Action> {
  return read<Action>(client.POST('/api/v1/actions/', { body }));
}

export function changeAction({ id, ...body }: ActionDraft & { id: string; version: number }): Promise<Action> {
  return read<Action>(client.PATCH('/api/v1/actions/{id}/', { params: { path: { id } }, body }));
}

/** Markdown as its reader will see it, cleaned by the server. */
export async function previewBrief({ id, brief }: { id: string; brief: string }): Promise<string> {
  const answer = await read<{ html: string }>(
    client.POST('/api/v1/actions/{id}/preview/', { params: { path: { id } }, body: { brief } }),
  );
  return answer.html;
}

/** `expected` is the number of places that whoever launches has read and typed. */
export function launchAction({ id, expected }: { id: string; expected: number }): Promise<Action> {
  return read<Action>(client.POST('/api/v1/actions/{id}/launch/', { params: { path: { id } }, body: { expected } }));
}

export function stopAction(id: string): Promise<Action> {
  return read<Action>(client.POST('/api/v1/actions/{id}/stop/', { params: { path: { id } }, body: {} }));
}

export function answerAssignment({ id, answer }: { id: string; answer: 'accept' | 'decline' }): Promise<Assignment> {
  const path =
    answer === 'accept' ? '/api/v1/actions/assignments/{id}/accept/' : '/api/v1/actions/assignments/{id}/decline/';
  return read<Assignment>(client.POST(path, { params: { path: { id } }, body: {} }));
}
