import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import type { FundFacts, FundWords, GivingRules } from '@/api/shapes';

/** What a fund says in a language in which nobody wrote yet. */
export const BLANK_WORDS: FundWords = { name: '', title: '', lead: '', uses: [], other_ways: '', thanks: '' };

/** All recipients as they are set up, and what there is to choose from; for administrators. */
export const fundsQuery = queryOptions({
  queryKey: ['fundraising', 'funds'],
  queryFn: () => read(client.GET('/api/v1/fundraising/funds/')),
});

export function openFund(body: { code: string; legal_name: string; rules: GivingRules }) {
  return read(client.POST('/api/v1/fundraising/funds/', { body }));
}

export function describeFund({ code, facts }: { code: string; facts: FundFacts }) {
  return read(client.PUT('/api/v1/fundraising/funds/{code}/', { params: { path: { code } }, body: facts }));
}

export function wordFund({ code, language, words }: { code: string; language: string; words: FundWords }) {
  return read(
    client.PUT('/api/v1/fundraising/funds/{code}/texts/{language}/', {
      params: { path: { code, language } },
      body: words,
    }),
  );
}

export function addEnvelope({ code, ...body }: { code: string; envelope: string; name: string; area: string | null }) {
  return read(client.POST('/api/v1/fundraising/funds/{code}/envelopes/', { params: { path: { code } }, body }));
}

export function turnFund({ code, to }: { code: string; to: 'publish' | 'close' | 'reopen' }) {
  return read(client.POST(`/api/v1/fundraising/funds/{code}/${to}/`, { params: { path: { code } } }));
}
