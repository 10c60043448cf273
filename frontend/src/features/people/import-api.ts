import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import type { ImportAsked, ImportRead, ImportRow } from '@/api/shapes';

/** A job is at it: what is shown is asked again and again. */
export const AT_WORK: readonly ImportRow['status'][] = ['checking', 'running', 'undoing'];
const POLL = 1_000;

const id = (value: string) => ({ params: { path: { id: value } } });

export const importQueries = {
  list: queryOptions({
    queryKey: ['imports', 'list'],
    queryFn: () => read(client.GET('/api/v1/people/imports/')),
    refetchInterval: (query) => (query.state.data?.items.some((row) => AT_WORK.includes(row.status)) ? POLL : false),
  }),
  one: (import_: string) =>
    queryOptions({
      queryKey: ['imports', 'one', import_],
      queryFn: () => read(client.GET('/api/v1/people/imports/{id}/', id(import_))),
      refetchInterval: (query) => (query.state.data && AT_WORK.includes(query.state.data.status) ? POLL : false),
    }),
  /** The first twenty lines; `checked` tells one check from the next. */
  preview: (import_: string, checked: string) =>
    queryOptions({
      queryKey: ['imports', 'preview', import_, checked],
      queryFn: () => read(client.GET('/api/v1/people/imports/{id}/preview/', id(import_))),
    }),
};

export interface Upload {
  file: File;
  encoding: string;
  separator: string;
}

/** Send a file as it is. */
export function uploadPeople({ file, encoding, separator }: Upload): Promise<ImportRead> {
  return read(
    client.POST('/api/v1/people/imports/', {
      params: {
        query: {
          name: file.name,
          ...(encoding ? { encoding: encoding as 'utf-8' } : {}),
          ...(separator ? { separator: separator as ';' } : {}),
        },
      },
      headers: { 'Content-Type': 'text/csv' },
      body: file as unknown as string,
      bodySerializer: (body) => body as unknown as File,
    }),
  );
}

export function describeImport({ id: import_, ...body }: ImportAsked & { id: string }): Promise<ImportRead> {
  return read(client.PUT('/api/v1/people/imports/{id}/', { ...id(import_), body }));
}

export function runImport(import_: string): Promise<ImportRow> {
  return read(client.POST('/api/v1/people/imports/{id}/run/', id(import_)));
}

export function stopImport(import_: string): Promise<ImportRow> {
  return read(client.POST('/api/v1/people/imports/{id}/stop/', id(import_)));
}

export function takeOverImport(import_: string): Promise<ImportRow> {
  return read(client.POST('/api/v1/people/imports/{id}/take-over/', id(import_)));
}

export function undoImport(import_: string): Promise<ImportRow> {
  return read(client.POST('/api/v1/people/imports/{id}/undo/', id(import_)));
}

export async function discardImport(import_: string): Promise<void> {
  await read(client.DELETE('/api/v1/people/imports/{id}/', id(import_)));
}

/** Where the lines that were not taken are downloaded. */
export const refusedAddress = (import_: string) => `/api/v1/people/imports/${import_}/refused/`;
