import { vi } from 'vitest';
import type { DonationOut } from '@/api/schema';
import type { GivingProps } from '@/features/fundraising/give/props';

const names = [
  'give',
  'give_monthly',
  'give_nothing',
  'cost_once',
  'cost_monthly',
  'no_number',
  'not_positive',
  'cents',
  'too_little',
  'too_much',
  'huge',
  'missing',
  'email',
  'no_day',
  'too_young',
  'too_old',
  'not_ticked',
  'shares',
  'one_wrong',
  'many_wrong',
  'sending',
  'asking_bank',
  'confirming',
  'fields_loading',
  'fields_failed',
  'try_again',
  'offline',
  'away',
  'looking',
  'not_started',
  'still_unknown',
  'follow',
  'thanked',
  'failed',
  'found',
  'found_see',
  'found_again',
  'restored',
  'who_first',
  'code_sent',
  'code_failed',
  'left',
  'counted',
  'over_instead',
] as const;

/** Each sentence says its own name, and the values that are filled into it. */
const words = Object.fromEntries(names.map((name) => [name, `${name} {amount}`])) as GivingProps['words'];

export const props: GivingProps = {
  fund: 'shore',
  name: 'Common Shore',
  currency: 'eur',
  start: '/api/funds/shore/donations/',
  follow: '/api/donations/',
  proofs: '/api/proofs/',
  allowance: '/api/funds/shore/allowance/',
  thanks: '/en/give/thanks/',
  opens: '_self',
  key: 'pk_test_1',
  script: 'https://js.stripe.com/endive/stripe.js',
  methods: ['card', 'sepa_debit'],
  least: 100,
  most: 750_000,
  isCapped: true,
  age: 18,
  tax: { bands: [[66, null]], household: 1_500_000 },
  words,
};

const text = (name: string, value = '') =>
  `<label for="${name}">${name}</label><input id="${name}" name="${name}" value="${value}" aria-describedby="${name}-error"><p class="error" id="${name}-error" hidden></p>`;

/** The form as templates/fundraising/form.html draws it, in little. */
export function drawForm(): HTMLElement {
  document.body.innerHTML = `<div><form>
    <input type="radio" name="rhythm" id="once" value="once" checked><label for="once">Once</label>
    <input type="radio" name="rhythm" id="monthly" value="monthly"><label for="monthly">Each month</label>
    <div data-rhythm="once"><input type="radio" name="once-amount" id="a20" value="2000"><label for="a20">20</label>
    <input type="radio" name="once-amount" id="a50" value="5000" checked><label for="a50">50</label></div>
    <div data-rhythm="monthly" hidden><input type="radio" name="monthly-amount" id="m10" value="1000"><label for="m10">10 a month</label></div>
    <label for="free">Another amount</label><input id="free" name="free" aria-describedby="amount-error"><p class="error" id="amount-error" hidden></p>
    <p data-cost></p>
    <div data-rhythm="monthly" hidden><select name="day" aria-label="Day"><option>5</option><option selected>20</option></select></div>
    <input type="radio" name="envelope" id="most" value="" checked><label for="most">Most needed</label>
    <input type="radio" name="envelope" id="help" value="help"><label for="help">Help</label>
    <input type="radio" name="envelope" id="shared" value="*"><label for="shared">Share it</label>
    <div data-parts hidden><label for="part-help">Help, part</label><input id="part-help" data-part="help" aria-describedby="shares-error"></div><p class="error" id="shares-error" hidden></p>
    ${text('email', 'claire@people.example')}${text('given_name', 'Claire')}${text('family_name', 'Dumontel')}
    <label for="born-day">Day</label><input id="born-day" name="born-day" value="17" aria-describedby="born_on-error">
    <input name="born-month" value="5" aria-describedby="born_on-error" aria-label="Month">
    <input name="born-year" value="1984" aria-describedby="born_on-error" aria-label="Year"><p class="error" id="born_on-error" hidden></p>
    <div data-proof><button type="button" data-proof-ask>How much may I still give?</button><p data-proof-note hidden></p>
    <div data-proof-code hidden><label for="proof-code">Code</label><input id="proof-code" aria-describedby="proof-code-error"><p class="error" id="proof-code-error" hidden></p>
    <button type="button" data-proof-confirm>Confirm</button><button type="button" data-proof-again>Send another</button></div>
    <div data-proof-said hidden></div></div>
    <div class="slot"><div data-fields></div></div><div data-mandate hidden>Your mandate</div>
    <input type="checkbox" id="declaration" name="declaration" value="political.1" checked aria-describedby="declaration-error"><label for="declaration">I declare</label><p class="error" id="declaration-error" hidden></p>
    <input type="checkbox" id="news" name="news" value="donation_news.1" aria-describedby="news-error"><label for="news">Write to me</label><p class="error" id="news-error" hidden></p>
    <div data-told tabindex="-1" hidden></div><button type="submit" data-give disabled>Give</button>
  </form></div>`;
  return document.body.firstElementChild as HTMLElement;
}

/** Stripe.js as it behaves, without its frames. */
export function stripeOnStage() {
  const heard: Record<string, (event: object) => void> = {};
  const elements = {
    create: vi.fn(() => ({
      mount: vi.fn(),
      on: (event: string, tell: (event: object) => void) => (heard[event] = tell),
    })),
    update: vi.fn(),
    submit: vi.fn((): Promise<{ error?: { message: string } }> => Promise.resolve({})),
  };
  let tokens = 0;
  const stripe = {
    elements: vi.fn(() => elements),
    createConfirmationToken: vi.fn((): Promise<{ confirmationToken?: { id: string }; error?: { message: string } }> =>
      Promise.resolve({ confirmationToken: { id: `ctoken_${(tokens += 1)}` } }),
    ),
    handleNextAction: vi.fn(() => Promise.resolve({})),
  };
  window.Stripe = vi.fn(() => stripe) as never;
  // jsdom knows no media.
  window.matchMedia = vi.fn(() => ({ addEventListener: vi.fn() })) as never;
  return { stripe, elements, heard };
}

export const donation = (changed: Partial<DonationOut> = {}): DonationOut => ({
  token: 'tok1',
  state: 'started',
  amount: 5000,
  refunded: 0,
  currency: 'eur',
  method: 'card',
  is_monthly: false,
  held_for: '',
  failure: '',
  failure_said: '',
  secret: '',
  ...changed,
});
