import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import type { Charter, DocumentComment, DocumentTexts, DocumentVersion } from '@/api/shapes';

/** A version of what people agree to, and what is said of it; under the key of the charter, since a step of either changes both. */
export const documentQueries = {
  version: (id: string) =>
    queryOptions({
      queryKey: ['people', 'charter', 'version', id],
      queryFn: () => read(client.GET('/api/v1/people/documents/versions/{id}/', { params: { path: { id } } })),
    }),
  comments: (id: string) =>
    queryOptions({
      queryKey: ['people', 'charter', 'comments', id],
      queryFn: () => read(client.GET('/api/v1/people/documents/versions/{id}/comments/', { params: { path: { id } } })),
    }),
};

export function editDocument(change: { id: string; revision: number; texts: DocumentTexts }): Promise<DocumentVersion> {
  const { id, ...body } = change;
  return read(client.PATCH('/api/v1/people/documents/versions/{id}/', { params: { path: { id } }, body }));
}

export async function previewDocument({ id, body }: { id: string; body: string }): Promise<string> {
  const params = { path: { id } };
  const drawn = await read(client.POST('/api/v1/people/documents/versions/{id}/preview/', { params, body: { body } }));
  return drawn.html;
}

export function proposeDocument(asked: { id: string; until: string; members: boolean }): Promise<DocumentVersion> {
  return read(
    client.POST('/api/v1/people/documents/versions/{id}/propose/', {
      params: { path: { id: asked.id } },
      body: { comments_until: asked.until, members_comment: asked.members },
    }),
  );
}

export function adoptDocument(asked: { id: string; until: string | null; expected: number }): Promise<DocumentVersion> {
  return read(
    client.POST('/api/v1/people/documents/versions/{id}/adopt/', {
      params: { path: { id: asked.id } },
      body: { agree_by: asked.until, expected: asked.expected },
    }),
  );
}

export function withdrawDocument(id: string): Promise<Charter> {
  return read(client.POST('/api/v1/people/documents/versions/{id}/withdraw/', { params: { path: { id } } }));
}

export function commentDocument(said: { id: string; language: string; paragraph: number | null; words: string }) {
  const { id, language, ...rest } = said;
  return read(
    client.POST('/api/v1/people/documents/versions/{id}/comments/', {
      params: { path: { id } },
      body: { language: language === 'en' ? 'en' : 'fr', ...rest },
    }),
  );
}

export function takeBackComment(id: string) {
  return read(client.DELETE('/api/v1/people/documents/comments/{id}/', { params: { path: { id } } }));
}

export function answerComment(said: { id: string; state: Exclude<DocumentComment['state'], 'open'>; answer: string }) {
  const { id, ...body } = said;
  return read(client.POST('/api/v1/people/documents/comments/{id}/answer/', { params: { path: { id } }, body }));
}
