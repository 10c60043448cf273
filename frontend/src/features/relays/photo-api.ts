import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';

export const photoQuery = queryOptions({
  queryKey: ['relays', 'photo'],
  queryFn: () => read(client.GET('/api/v1/relays/photo/')),
});

/** Show a photo on the public page of my seat; `agrees` is the version of the words that I read. */
export function showPhoto({ file, agrees }: { file: File; agrees: string }) {
  return read(
    client.PUT('/api/v1/relays/photo/', {
      params: { query: { agrees } },
      headers: { 'Content-Type': file.type || 'application/octet-stream' },
      body: file as unknown as string,
      bodySerializer: (body) => body as unknown as File,
    }),
  );
}

export function takePhotoBack() {
  return read(client.DELETE('/api/v1/relays/photo/'));
}
