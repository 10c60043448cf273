import type { Tax } from './money';

/** What the page sends with the form of a fund: where it asks, what it may take, what it says. */
export interface GivingProps {
  fund: string;
  name: string;
  currency: string;
  start: string;
  follow: string;
  proofs: string;
  allowance: string;
  thanks: string;
  /** Where links lead: `_self`, or `_blank` from within another site's page. */
  opens: '_self' | '_blank';
  /** The end of the address of the supporter's page on which the form stands. */
  page?: string;
  key: string;
  script: string;
  methods: string[];
  least: number;
  most: number;
  isCapped: boolean;
  age: number;
  tax: Tax | null;
  words: Record<
    | 'give'
    | 'give_monthly'
    | 'give_nothing'
    | 'cost_once'
    | 'cost_monthly'
    | 'no_number'
    | 'not_positive'
    | 'cents'
    | 'too_little'
    | 'too_much'
    | 'huge'
    | 'missing'
    | 'email'
    | 'no_day'
    | 'too_young'
    | 'too_old'
    | 'not_ticked'
    | 'shares'
    | 'one_wrong'
    | 'many_wrong'
    | 'sending'
    | 'asking_bank'
    | 'confirming'
    | 'fields_loading'
    | 'fields_failed'
    | 'try_again'
    | 'offline'
    | 'away'
    | 'looking'
    | 'not_started'
    | 'still_unknown'
    | 'follow'
    | 'thanked'
    | 'failed'
    | 'found'
    | 'found_see'
    | 'found_again'
    | 'restored'
    | 'who_first'
    | 'code_sent'
    | 'code_failed'
    | 'left'
    | 'counted'
    | 'over_instead',
    string
  >;
}
