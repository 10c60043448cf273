import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import type { CallOutcome, CompanionKind, WelcomeAsked } from '@/api/shapes';

/** How relays look after each other. Everything stands under ['relays'], and is asked anew with it. */
export const careQueries = {
  companions: queryOptions({
    queryKey: ['relays', 'companions'],
    queryFn: () => read(client.GET('/api/v1/relays/companions/')),
  }),
  calls: queryOptions({
    queryKey: ['relays', 'calls'],
    queryFn: () => read(client.GET('/api/v1/relays/calls/')),
  }),
  welcome: queryOptions({
    queryKey: ['relays', 'welcome'],
    queryFn: () => read(client.GET('/api/v1/relays/welcome/')),
  }),
  counterparts: (seat: string) =>
    queryOptions({
      queryKey: ['relays', 'seats', seat, 'counterparts'],
      queryFn: () => read(client.GET('/api/v1/relays/seats/{id}/counterparts/', { params: { path: { id: seat } } })),
      staleTime: 10 * 60_000,
    }),
  quiet: infiniteQueryOptions({
    queryKey: ['relays', 'quiet'],
    queryFn: ({ pageParam }) =>
      read(client.GET('/api/v1/relays/quiet/', { params: { query: pageParam ? { after: pageParam } : {} } })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  }),
  newcomers: infiniteQueryOptions({
    queryKey: ['relays', 'newcomers'],
    queryFn: ({ pageParam }) =>
      read(client.GET('/api/v1/relays/newcomers/', { params: { query: pageParam ? { after: pageParam } : {} } })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  }),
  candidates: (term: string) =>
    queryOptions({
      queryKey: ['relays', 'newcomers', term],
      queryFn: () => read(client.GET('/api/v1/relays/newcomers/{id}/', { params: { path: { id: term } } })),
    }),
};

export interface CompanionAnswer {
  id: string;
  answer: 'yes' | 'another' | 'no';
  /** By which of my contacts a companion may reach me; a newcomer's yes says it. */
  contact?: string;
}

export function answerCompanion({ id, answer, contact }: CompanionAnswer) {
  return read(
    client.POST('/api/v1/relays/companions/{id}/answer/', {
      params: { path: { id } },
      body: contact ? { answer, contact } : { answer },
    }),
  );
}

export function endCompanion(id: string) {
  return read(client.POST('/api/v1/relays/companions/{id}/end/', { params: { path: { id } } }));
}

export function askForCompanion(body: { term_id: string; kind: CompanionKind }) {
  return read(client.POST('/api/v1/relays/companions/', { body }));
}

export function agreeToWelcome(body: WelcomeAsked) {
  return read(client.PUT('/api/v1/relays/welcome/', { body }));
}

export function stopWelcoming() {
  return read(client.DELETE('/api/v1/relays/welcome/'));
}

export function finishCall({ id, outcome, words }: { id: string; outcome: CallOutcome; words: string }) {
  return read(client.POST('/api/v1/relays/calls/{id}/done/', { params: { path: { id } }, body: { outcome, words } }));
}

export function proposeCompanion({ term, kind, person }: { term: string; kind: CompanionKind; person: string }) {
  return read(
    client.POST('/api/v1/relays/newcomers/{id}/', { params: { path: { id: term } }, body: { kind, person } }),
  );
}
