import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import { fetchFile } from '@/api/file';
import { withProof } from '@/api/proof';
import type { operations } from '@/api/schema';
import type { BatchRowAsked, MethodByHand, SetAside } from '@/api/shapes';

const of = (code: string) => ({ params: { path: { code } } });
const one = (id: string) => ({ params: { path: { id } } });
/** A request sent twice acts once. */
const once = (key: string) => ({ headers: { 'Idempotency-Key': key } });

export const booksKey = (code: string) => ['fundraising', 'books', code];

/** Batches of a recipient, the latest first. */
export const batchesQuery = (code: string) =>
  infiniteQueryOptions({
    queryKey: [...booksKey(code), 'batches'],
    queryFn: ({ pageParam }) =>
      read(
        client.GET('/api/v1/fundraising/funds/{code}/batches/', {
          params: { path: { code }, query: pageParam ? { after: pageParam } : {} },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

/** One batch with its rows; reading it is written down. */
export const batchQuery = (code: string, id: string) =>
  queryOptions({
    queryKey: [...booksKey(code), 'batch', id],
    queryFn: () => read(client.GET('/api/v1/fundraising/batches/{id}/', one(id))),
  });

export function openBatch(code: string, method: MethodByHand) {
  return read(
    client.POST('/api/v1/fundraising/funds/{code}/batches/', { ...of(code), body: { method, slip: '', bank: '' } }),
  );
}

export function dropBatch(id: string) {
  return read(client.DELETE('/api/v1/fundraising/batches/{id}/', one(id)));
}

/** Write a donation down, or write one anew. */
export function writeRow(batch: string, body: BatchRowAsked, key: string, row?: string) {
  if (row)
    return read(
      client.PUT('/api/v1/fundraising/batches/{id}/rows/{row}/', { params: { path: { id: batch, row } }, body }),
    );
  return read(client.POST('/api/v1/fundraising/batches/{id}/rows/', { ...one(batch), ...once(key), body }));
}

export function dropRow(batch: string, row: string) {
  return read(client.DELETE('/api/v1/fundraising/batches/{id}/rows/{row}/', { params: { path: { id: batch, row } } }));
}

export function cancelRow(batch: string, row: string, why: 'typed_wrong' | 'unpaid') {
  return read(
    client.POST('/api/v1/fundraising/batches/{id}/rows/{row}/cancel/', {
      params: { path: { id: batch, row } },
      body: { cancelled_for: why },
    }),
  );
}

export function depositBatch(id: string, body: { slip: string; bank: string; deposited_on: string; total: number }) {
  return read(client.POST('/api/v1/fundraising/batches/{id}/deposit/', { ...one(id), body }));
}

/** Add the donations of a spreadsheet, all or none. */
export function bringRows(id: string, file: File) {
  return read(
    client.POST('/api/v1/fundraising/batches/{id}/import/', {
      ...one(id),
      headers: { 'Content-Type': 'text/csv' },
      body: file as unknown as string,
      bodySerializer: (body) => body as unknown as File,
    }),
  );
}

/** How bank and books stand. */
export const bankQuery = (code: string) =>
  queryOptions({
    queryKey: [...booksKey(code), 'bank'],
    queryFn: () => read(client.GET('/api/v1/fundraising/funds/{code}/bank/', of(code))),
  });

export const BANK_STATES = ['open', 'matched', 'aside', 'all'] as const;
export type BankState = (typeof BANK_STATES)[number];

/** Lines of the bank, the latest first, each open one with what it may be. */
export const bankLinesQuery = (code: string, state: BankState) =>
  infiniteQueryOptions({
    queryKey: [...booksKey(code), 'bank', 'lines', state],
    queryFn: ({ pageParam }) =>
      read(
        client.GET('/api/v1/fundraising/funds/{code}/bank/lines/', {
          params: { path: { code }, query: { state, ...(pageParam ? { after: pageParam } : {}) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

/** Entries that no statement told yet. */
export const bankEntriesQuery = (code: string) =>
  queryOptions({
    queryKey: [...booksKey(code), 'bank', 'entries'],
    queryFn: () => read(client.GET('/api/v1/fundraising/funds/{code}/bank/entries/', of(code))),
  });

export const statementsQuery = (code: string) =>
  queryOptions({
    queryKey: [...booksKey(code), 'bank', 'statements'],
    queryFn: () => read(client.GET('/api/v1/fundraising/funds/{code}/bank/statements/', of(code))),
  });

export interface StatementSent {
  file: File;
  /** Only read it. */
  dry: boolean;
  /** The column of each thing, where the guess is wrong. */
  columns: Record<string, number>;
}

export function sendStatement(code: string, { file, dry, columns }: StatementSent) {
  return read(
    client.POST('/api/v1/fundraising/funds/{code}/bank/statements/', {
      params: { path: { code }, query: { name: file.name, ...(dry ? { dry: true } : {}), ...columns } },
      headers: { 'Content-Type': 'application/octet-stream' },
      body: file as unknown as string,
      bodySerializer: (body) => body as unknown as File,
    }),
  );
}

export function matchLine(id: string, entries: number[]) {
  return read(client.POST('/api/v1/fundraising/bank-lines/{id}/match/', { ...one(id), body: { entries } }));
}

export function setLineAside(id: string, why: SetAside) {
  return read(client.POST('/api/v1/fundraising/bank-lines/{id}/set-aside/', { ...one(id), body: { set_aside: why } }));
}

export function undoLine(id: string) {
  return read(client.POST('/api/v1/fundraising/bank-lines/{id}/undo/', one(id)));
}

export function matchSure(code: string) {
  return read(client.POST('/api/v1/fundraising/funds/{code}/bank/match-sure/', of(code)));
}

/** The trial balance and the years. */
export const balancesQuery = (code: string) =>
  queryOptions({
    queryKey: [...booksKey(code), 'balances'],
    queryFn: () => read(client.GET('/api/v1/fundraising/treasury/{code}/books/', of(code))),
  });

/** By what the journal is narrowed. */
export type JournalFilters = NonNullable<operations['fundraising_entries']['parameters']['query']>;

/** Entries with their lines, the latest day first. */
export const journalQuery = (code: string, asked: JournalFilters) =>
  infiniteQueryOptions({
    queryKey: [...booksKey(code), 'journal', asked],
    queryFn: ({ pageParam }) =>
      read(
        client.GET('/api/v1/fundraising/treasury/{code}/books/entries/', {
          params: { path: { code }, query: { ...asked, ...(pageParam ? { after: pageParam } : {}) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

/** What still bars the closing of a year. */
export const closingQuery = (code: string, year: number) =>
  queryOptions({
    queryKey: [...booksKey(code), 'closing', year],
    queryFn: () =>
      read(
        client.GET('/api/v1/fundraising/treasury/{code}/books/{year}/closing/', { params: { path: { code, year } } }),
      ),
  });

/** What the files of a year come to. */
export const yearFilesQuery = (code: string, year: number) =>
  queryOptions({
    queryKey: [...booksKey(code), 'files', year],
    queryFn: () =>
      read(client.GET('/api/v1/fundraising/treasury/{code}/books/{year}/files/', { params: { path: { code, year } } })),
  });

/** Close a year for good; a recent proof is asked for. */
export function closeYear(code: string, year: number, typed: number) {
  return withProof(() =>
    read(
      client.POST('/api/v1/fundraising/treasury/{code}/books/{year}/close/', {
        params: { path: { code, year } },
        body: { year: typed },
      }),
    ),
  );
}

/** A file of a year, for a reason that is kept. */
export function takeYearFile(code: string, year: number, kind: 'fec' | 'entries' | 'donors', body: { reason: string }) {
  const more = kind === 'entries' ? { for_french_excel: document.documentElement.lang === 'fr' } : {};
  return fetchFile(`/api/v1/fundraising/treasury/${code}/books/${year}/files/${kind}/`, { ...body, ...more });
}

/** How far the receipts of a year are that an authority numbers, and the files of donors that were taken. */
export const officialReceiptsQuery = (code: string, year: number) =>
  queryOptions({
    queryKey: [...booksKey(code), 'official', year],
    queryFn: () =>
      read(
        client.GET('/api/v1/fundraising/treasury/{code}/books/{year}/receipts/', { params: { path: { code, year } } }),
      ),
  });

export function markSent(file: string, body: { sent_on: string; reason: string }) {
  return read(client.POST('/api/v1/fundraising/treasury/donor-files/{id}/sent/', { ...one(file), body }));
}

export function undoSent(file: string) {
  return read(client.POST('/api/v1/fundraising/treasury/donor-files/{id}/undo/', one(file)));
}

/** The numbers of a year's receipts; `dry` only says what they change. */
export function sendNumbers(code: string, year: number, file: File, dry: boolean) {
  return read(
    client.POST('/api/v1/fundraising/treasury/{code}/books/{year}/receipts/numbers/', {
      params: { path: { code, year }, query: dry ? { dry } : {} },
      headers: { 'Content-Type': 'text/csv' },
      body: file as unknown as string,
      bodySerializer: (body) => body as unknown as File,
    }),
  );
}
