import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import type { PageDecision } from '@/api/shapes';

/** The supporters' pages that wait for my look as a moderator, and those that are hidden. */
export const moderationQuery = queryOptions({
  queryKey: ['fundraising', 'moderation'],
  queryFn: () => read(client.GET('/api/v1/fundraising/moderation/')),
});

/** My own pages, with what they raised. */
export const ownPagesQuery = queryOptions({
  queryKey: ['fundraising', 'own-pages'],
  queryFn: () => read(client.GET('/api/v1/fundraising/pages/')),
});

/** What is decided about a page, or about a message on one. */
export type Target = { slug: string } | { message: string };

export function decide({ target, ...body }: PageDecision & { target: Target }) {
  return read(
    'slug' in target
      ? client.POST('/api/v1/fundraising/moderation/pages/{slug}/', { params: { path: target }, body })
      : client.POST('/api/v1/fundraising/moderation/messages/{id}/', {
          params: { path: { id: target.message } },
          body,
        }),
  );
}
