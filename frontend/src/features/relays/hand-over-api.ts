import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import type { HandOverAsked, NoteKind } from '@/api/shapes';

export const ownTermsQuery = queryOptions({
  queryKey: ['relays', 'terms', 'mine'],
  queryFn: () => read(client.GET('/api/v1/relays/terms/mine/')),
});

export const noteQueries = {
  ofSeat: (id: string) =>
    queryOptions({
      queryKey: ['relays', 'seats', id, 'notes'],
      queryFn: () => read(client.GET('/api/v1/relays/seats/{id}/notes/', { params: { path: { id } } })),
    }),
  mine: queryOptions({
    queryKey: ['relays', 'notes', 'mine'],
    queryFn: () => read(client.GET('/api/v1/relays/notes/')),
  }),
};

export const handOverQueries = {
  ofTerm: (id: string) =>
    queryOptions({
      queryKey: ['relays', 'terms', id, 'hand-over'],
      queryFn: () => read(client.GET('/api/v1/relays/terms/{id}/hand-over/', { params: { path: { id } } })),
    }),
  waiting: queryOptions({
    queryKey: ['relays', 'hand-overs'],
    queryFn: () => read(client.GET('/api/v1/relays/hand-overs/')),
  }),
};

export const dossierQuery = (id: string) =>
  queryOptions({
    queryKey: ['relays', 'seats', id, 'dossier'],
    queryFn: () => read(client.GET('/api/v1/relays/seats/{id}/dossier/', { params: { path: { id } } })),
  });

export interface NoteSaid {
  kind: NoteKind;
  text: string;
  due_on: string | null;
}

export function writeNote({ seat, note }: { seat: string; note: NoteSaid }) {
  return read(client.POST('/api/v1/relays/seats/{id}/notes/', { params: { path: { id: seat } }, body: note }));
}

export function mendNote({ id, text, due_on }: { id: string; text: string; due_on: string | null }) {
  return read(client.PATCH('/api/v1/relays/notes/{id}/', { params: { path: { id } }, body: { text, due_on } }));
}

export function throwNoteAway(id: string) {
  return read(client.DELETE('/api/v1/relays/notes/{id}/', { params: { path: { id } } }));
}

export function tickNote({ id, isKept }: { id: string; isKept: boolean }) {
  return read(client.POST('/api/v1/relays/notes/{id}/tick/', { params: { path: { id } }, body: { is_kept: isKept } }));
}

export function beginHandOver({ term, asked }: { term: string; asked: HandOverAsked }) {
  return read(client.POST('/api/v1/relays/terms/{id}/hand-over/', { params: { path: { id: term } }, body: asked }));
}

export function takeBackHandOver(id: string) {
  return read(client.POST('/api/v1/relays/hand-overs/{id}/take-back/', { params: { path: { id } } }));
}

export function letNotesGo({ id, givesNotes }: { id: string; givesNotes: boolean }) {
  return read(
    client.POST('/api/v1/relays/hand-overs/{id}/notes/', {
      params: { path: { id } },
      body: { gives_notes: givesNotes },
    }),
  );
}

export function completeHandOver({ id, successor }: { id: string; successor: string | null }) {
  return read(
    client.POST('/api/v1/relays/hand-overs/{id}/complete/', { params: { path: { id } }, body: { successor } }),
  );
}
