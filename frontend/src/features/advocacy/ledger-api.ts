import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import { fetchFile } from '@/api/file';
import type { Contact, ContactStep, ContactWords, Position, PositionSaid, Subject, SubjectWords } from '@/api/shapes';

/** Whose positions and contacts: one office holder, or whoever sits for a place. */
export type About = { office_holder: string } | { area: string };

const MOST = 100;

export const subjectsQuery = queryOptions({
  queryKey: ['advocacy', 'subjects'],
  queryFn: () => read(client.GET('/api/v1/advocacy/subjects/')),
});

export const ledgerQueries = {
  of: (subject: string) =>
    queryOptions({
      queryKey: ['advocacy', 'ledger', subject],
      queryFn: () => read(client.GET('/api/v1/advocacy/subjects/{id}/ledger/', { params: { path: { id: subject } } })),
    }),
  standings: (holder: string) =>
    queryOptions({
      queryKey: ['advocacy', 'standings', holder],
      queryFn: () =>
        read(client.GET('/api/v1/advocacy/office-holders/{id}/standings/', { params: { path: { id: holder } } })),
    }),
  positions: (about: About) =>
    queryOptions({
      queryKey: ['advocacy', 'positions', about],
      queryFn: () => read(client.GET('/api/v1/advocacy/positions/', { params: { query: { ...about, limit: MOST } } })),
    }),
  contacts: (about: About) =>
    queryOptions({
      queryKey: ['advocacy', 'contacts', about],
      queryFn: () => read(client.GET('/api/v1/advocacy/contacts/', { params: { query: { ...about, limit: MOST } } })),
    }),
};

export function openSubject(body: SubjectWords): Promise<Subject> {
  return read(client.POST('/api/v1/advocacy/subjects/', { body }));
}

export function editSubject({ id, ...body }: SubjectWords & { id: string; version: number }): Promise<Subject> {
  return read(client.PATCH('/api/v1/advocacy/subjects/{id}/', { params: { path: { id } }, body }));
}

export function closeSubject(id: string): Promise<Subject> {
  return read(client.POST('/api/v1/advocacy/subjects/{id}/close/', { params: { path: { id } } }));
}

export function sayPosition(body: PositionSaid): Promise<Position> {
  return read(client.POST('/api/v1/advocacy/positions/', { body }));
}

export function disputePosition({ id, reason }: { id: string; reason: string }): Promise<Position> {
  return read(client.POST('/api/v1/advocacy/positions/{id}/dispute/', { params: { path: { id } }, body: { reason } }));
}

export function settleDispute({
  id,
  ...body
}: {
  id: string;
  outcome: 'upheld' | 'undone';
  words: string;
}): Promise<Position> {
  return read(client.POST('/api/v1/advocacy/positions/{id}/settle/', { params: { path: { id } }, body }));
}

export function undoPosition({ id, why }: { id: string; why: string }): Promise<Position> {
  return read(client.POST('/api/v1/advocacy/positions/{id}/undo/', { params: { path: { id } }, body: { why } }));
}

export function logContact(body: ContactWords & { office_holder: string }): Promise<Contact> {
  return read(client.POST('/api/v1/advocacy/contacts/', { body }));
}

export function correctContact({ id, ...body }: ContactWords & { id: string; version: number }): Promise<Contact> {
  return read(client.PATCH('/api/v1/advocacy/contacts/{id}/', { params: { path: { id } }, body }));
}

export function addStep({ id, ...body }: ContactStep & { id: string }): Promise<Contact> {
  return read(client.POST('/api/v1/advocacy/contacts/{id}/steps/', { params: { path: { id } }, body }));
}

export function removeContact(id: string): Promise<unknown> {
  return read(client.DELETE('/api/v1/advocacy/contacts/{id}/', { params: { path: { id } } }));
}

interface Held {
  holder: string;
  reason: string;
  form: 'csv' | 'json';
}

/** All that is held on somebody: a table for people, JSON for machines. */
export function takeHeld({ holder, ...body }: Held): Promise<Blob> {
  return fetchFile(`/api/v1/advocacy/office-holders/${holder}/export/`, body);
}
