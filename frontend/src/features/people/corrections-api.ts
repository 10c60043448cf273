import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import { withProof } from '@/api/proof';
import type { components } from '@/api/schema';
import { inspectedQuery } from './officer-api';
import { ownQuery } from './own-api';

type Schemas = components['schemas'];
export type Names = Schemas['NamesInRequest'];
export type Home = Schemas['HomeInRequest'];
export type NumberChange = Schemas['OwnNumberInRequest'] & Schemas['ReachedNumberInRequest'];

/** How what is known of somebody is put right, and where what is shown of them is kept. */
export interface Corrections {
  key: readonly unknown[];
  names: (body: Names) => Promise<unknown>;
  place: (body: Home) => Promise<unknown>;
  number: (body: NumberChange) => Promise<unknown>;
}

/** What is known of me, by myself. */
export const ownCorrections: Corrections = {
  key: ownQuery.queryKey,
  names: (body) => read(client.PUT('/api/v1/people/me/names/', { body })),
  place: (body) => read(client.PUT('/api/v1/people/me/place/', { body })),
  number: ({ channel, number, instead_of, agreed_words }) =>
    read(client.POST('/api/v1/people/me/numbers/', { body: { channel, number, instead_of, agreed_words } })),
};

/** What is known of the person of a reason, by the data-protection officer. */
export function correctionsFor(reason: string): Corrections {
  const params = { path: { id: reason } };
  return {
    key: inspectedQuery(reason).queryKey,
    names: (body) => read(client.PUT('/api/v1/people/reasons/{id}/names/', { params, body })),
    place: (body) => read(client.PUT('/api/v1/people/reasons/{id}/place/', { params, body })),
    number: ({ channel, number, instead_of, is_proved }) =>
      read(
        client.POST('/api/v1/people/reasons/{id}/numbers/', {
          params,
          body: { channel, number, instead_of, is_proved },
        }),
      ),
  };
}

/** Ask that another address stand for mine: nothing changes before it is confirmed from its own mailbox. */
export function askAddress(email: string) {
  return withProof(() => read(client.POST('/api/v1/people/me/address/', { body: { email } })));
}

/** Places as one types: communes, countries abroad, postal codes, constituencies, each with the seats in which it lies. */
export const placesQuery = (q: string) =>
  queryOptions({
    queryKey: ['territories', 'search', q],
    queryFn: () => read(client.GET('/api/v1/territories/search/', { params: { query: { q } } })),
    enabled: q.length > 1,
  });
