import { http, HttpResponse } from 'msw';
import { screen, waitFor } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startGiving } from '@/features/fundraising/give/give';
import { handProof } from '@/features/fundraising/give/handed-proof';
import { server } from '~tests/server';
import { donation, drawForm, props, stripeOnStage } from './stage';

interface Sent {
  path: string;
  key: string | null;
  body: Record<string, unknown>;
}

let sent: Sent[];
let went: string[];
let stage: ReturnType<typeof stripeOnStage>;

const started = (answer: () => Response = () => HttpResponse.json(donation(), { status: 201 })) =>
  answering('/api/funds/shore/donations/', answer);
const paid = (answer: () => Response = () => HttpResponse.json(donation({ state: 'settled' }))) =>
  answering('/api/donations/tok1/pay/', answer);
const looked = (answer: () => Response) => answering('/api/donations/tok1/', answer);

function answering(path: string, answer: () => Response) {
  server.use(
    http.post(`*${path}`, async ({ request }) => {
      sent.push({ path, key: request.headers.get('Idempotency-Key'), body: (await request.json()) as Sent['body'] });
      return answer();
    }),
  );
}

const problem = (status: number, code: string, fields = {}) =>
  HttpResponse.json({ status, code, detail: `said: ${code}`, fields }, { status });

/** Let seconds pass until something holds, as somebody who waits sees it. */
async function inTime(check: () => void): Promise<void> {
  for (let seconds = 0; seconds < 120; seconds += 1) {
    try {
      check();
      return;
    } catch {
      await vi.advanceTimersByTimeAsync(1_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  check();
}

function open(changed = {}) {
  startGiving(drawForm(), { ...props, ...changed }, (address) => went.push(address));
}
const button = () => document.querySelector('[data-give]') as HTMLButtonElement;
const told = () => document.querySelector('[data-told]') as HTMLElement;
const to = (path: string) => sent.filter((each) => each.path === path);
const starts = () => to('/api/funds/shore/donations/');

beforeEach(() => {
  sent = [];
  went = [];
  localStorage.clear();
  sessionStorage.clear();
  stage = stripeOnStage();
});
afterEach(() => {
  vi.useRealTimers();
  delete window.Stripe;
});

describe('the form of a donation', () => {
  it('says on its button what will happen, and what it costs', async () => {
    open();
    expect(button()).toHaveTextContent('give €50');
    expect(document.querySelector('[data-cost]')).toHaveTextContent('cost_once €17');
    await userEvent.type(screen.getByLabelText('Another amount'), '12,50');
    expect(button()).toHaveTextContent('give €12.50');
    expect(screen.getByLabelText<HTMLInputElement>('50').checked).toBe(false);
    await userEvent.click(screen.getByLabelText('20'));
    expect(screen.getByLabelText<HTMLInputElement>('Another amount').value).toBe('');
    expect(button()).toHaveTextContent('give €20');
  });

  it('asks for a day only of who gives each month, and keeps the card for it', async () => {
    open();
    started();
    paid();
    expect(screen.getByLabelText('Day', { selector: 'select' }).parentElement).not.toBeVisible();
    await userEvent.click(screen.getByLabelText('Each month'));
    await userEvent.click(screen.getByLabelText('10 a month'));
    expect(button()).toHaveTextContent('give_monthly €10');
    await userEvent.click(button());
    await waitFor(() => expect(went).toEqual(['/en/give/thanks/tok1/']));
    expect(starts()[0]?.body).toMatchObject({ amount: 1000, day: 20 });
    expect(stage.stripe.elements).toHaveBeenCalledWith(
      expect.objectContaining({ mode: 'payment', allowedPaymentMethodTypes: ['card', 'sepa_debit'] }),
    );
    expect(stage.elements.update).toHaveBeenLastCalledWith({ amount: 1000, setupFutureUsage: 'off_session' });
  });

  it('sends what was typed, pays once, and leads to the page of the donation', async () => {
    open();
    started();
    paid();
    await userEvent.click(button());
    await waitFor(() => expect(went).toEqual(['/en/give/thanks/tok1/']));
    expect(starts()).toHaveLength(1);
    expect(starts()[0]?.key).toMatch(/^[0-9a-f]{32}$/);
    expect(starts()[0]?.body).toMatchObject({
      amount: 5000,
      day: null,
      shares: [],
      declaration: 'political.1',
      again: false,
      donor: { email: 'claire@people.example', given_name: 'Claire', born_on: '1984-05-17' },
    });
    expect(to('/api/donations/tok1/pay/')[0]?.body).toEqual({
      confirmation_token: 'ctoken_1',
      return_url: '/en/give/thanks/tok1/',
    });
    expect(localStorage.getItem('give:shore')).toBeNull();
  });

  it('takes a double click as one', async () => {
    open();
    started();
    paid();
    await userEvent.dblClick(button());
    await waitFor(() => expect(went).toHaveLength(1));
    expect(starts()).toHaveLength(1);
    expect(to('/api/donations/tok1/pay/')).toHaveLength(1);
  });

  it('says under each field what is wrong, and leads to the first', async () => {
    open();
    await userEvent.clear(screen.getByLabelText('email'));
    await userEvent.clear(screen.getByLabelText('Year'));
    await userEvent.type(screen.getByLabelText('Year'), '2015');
    await userEvent.type(screen.getByLabelText('Another amount'), '-5');
    await userEvent.click(screen.getByLabelText('I declare'));
    await userEvent.click(button());
    expect(document.getElementById('amount-error')).toHaveTextContent('not_positive');
    expect(document.getElementById('email-error')).toHaveTextContent('missing');
    expect(document.getElementById('born_on-error')).toHaveTextContent('too_young');
    expect(document.getElementById('declaration-error')).toHaveTextContent('not_ticked');
    expect(screen.getByLabelText('Another amount')).toHaveFocus();
    expect(screen.getByLabelText('Another amount')).toHaveAttribute('aria-invalid', 'true');
    expect(screen.getByRole('status')).toHaveTextContent('many_wrong');
    await userEvent.type(screen.getByLabelText('email'), 'c@people.example');
    expect(document.getElementById('email-error')).not.toBeVisible();
    expect(sent).toEqual([]);
  });

  it.each([
    ['0,50', 'too_little €1'],
    ['7500,01', 'too_much €7,500'],
    ['9999999999', 'too_much €7,500'],
    ['12.505', 'cents'],
    ['many', 'no_number'],
  ])('says why %s is no amount', async (typed, why) => {
    open();
    await userEvent.type(screen.getByLabelText('Another amount'), typed);
    await userEvent.click(button());
    expect(document.getElementById('amount-error')).toHaveTextContent(why);
  });

  it('says what the server found wrong at the field that it is about', async () => {
    open();
    started(() => problem(400, 'invalid', { 'donor.email': ['No such domain.'] }));
    await userEvent.click(button());
    await waitFor(() => expect(document.getElementById('email-error')).toHaveTextContent('No such domain.'));
    expect(screen.getByLabelText('email')).toHaveFocus();
  });

  it('says in words why a card was declined, keeps what was typed, and tries the same donation again', async () => {
    open();
    started();
    paid(() => HttpResponse.json(donation({ state: 'failed', failure_said: 'There is not enough on this account.' })));
    await userEvent.click(button());
    await waitFor(() => expect(told()).toHaveTextContent('There is not enough on this account.'));
    expect(told()).toHaveFocus();
    expect(screen.getByLabelText<HTMLInputElement>('email').value).toBe('claire@people.example');
    paid();
    await userEvent.click(button());
    await waitFor(() => expect(went).toHaveLength(1));
    expect(starts()[0]?.key).toBe(starts()[1]?.key);
    expect(to('/api/donations/tok1/pay/')[1]?.body.confirmation_token).toBe('ctoken_2');
  });

  it('says at once that new cards are closed, and asks nothing twice', async () => {
    open();
    started();
    paid(() => problem(503, 'new_cards_closed'));
    await userEvent.click(button());
    await waitFor(() => expect(told()).toHaveTextContent('said: new_cards_closed'));
    expect(to('/api/donations/tok1/pay/')).toHaveLength(1);
  });

  it('makes another attempt where something else is asked after a decline', async () => {
    open();
    started();
    paid(() => HttpResponse.json(donation({ state: 'failed', failure_said: 'Not enough.' })));
    looked(() => HttpResponse.json(donation({ state: 'failed' })));
    await userEvent.click(button());
    await waitFor(() => expect(told()).toHaveTextContent('Not enough.'));
    await userEvent.click(screen.getByLabelText('20'));
    await userEvent.click(button());
    await waitFor(() => expect(starts()).toHaveLength(2));
    expect(starts()[0]?.key).not.toBe(starts()[1]?.key);
    expect(starts()[1]?.body.amount).toBe(2000);
    await waitFor(() => expect(told()).toHaveTextContent('Not enough.'));
  });

  it('lets the bank ask, and reads what came of it at the server', async () => {
    open();
    started();
    paid(() => HttpResponse.json(donation({ state: 'confirming', secret: 'pi_1_secret_2' })));
    looked(() => HttpResponse.json(donation({ state: 'settled' })));
    await userEvent.click(button());
    await waitFor(() => expect(went).toEqual(['/en/give/thanks/tok1/']));
    expect(stage.stripe.handleNextAction).toHaveBeenCalledWith({ clientSecret: 'pi_1_secret_2' });
  });

  it('says so when the bank was not answered', async () => {
    open();
    started();
    paid(() => HttpResponse.json(donation({ state: 'confirming', secret: 'pi_1_secret_2' })));
    looked(() => HttpResponse.json(donation({ state: 'failed', failure_said: 'It was not confirmed.' })));
    await userEvent.click(button());
    await waitFor(() => expect(told()).toHaveTextContent('It was not confirmed.'));
    expect(went).toEqual([]);
  });

  it('keeps the same key where the answer to the beginning is lost', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    open();
    let asked = 0;
    started(() => ((asked += 1) === 1 ? HttpResponse.error() : HttpResponse.json(donation(), { status: 201 })));
    paid();
    button().click();
    await inTime(() => expect(went).toHaveLength(1));
    expect(starts()[0]?.key).toBe(starts()[1]?.key);
  });

  it('sends the same confirmation token again where the answer to a payment is lost', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    open();
    started();
    let asked = 0;
    paid(() =>
      (asked += 1) === 1 ? problem(503, 'provider_away') : HttpResponse.json(donation({ state: 'processing' })),
    );
    button().click();
    await inTime(() => expect(went).toHaveLength(1));
    expect(to('/api/donations/tok1/pay/').map((each) => each.body.confirmation_token)).toEqual([
      'ctoken_1',
      'ctoken_1',
    ]);
  });

  it('says not to pay again while nobody knows, and leads to where it is told', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    open();
    started();
    paid(() => HttpResponse.error());
    looked(() => HttpResponse.error());
    server.use(http.get('*/api/donations/tok1/', () => HttpResponse.error()));
    button().click();
    await inTime(() => expect(button()).toHaveTextContent('away'));
    await inTime(() => expect(told()).toHaveTextContent('still_unknown'));
    expect(screen.getByRole('link', { name: /follow/ })).toHaveAttribute('href', '/en/give/thanks/tok1/');
    expect(JSON.parse(localStorage.getItem('give:shore') ?? '{}')).toMatchObject({ token: 'tok1' });
  });

  it('sends nothing while there is no network', async () => {
    open();
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    await userEvent.click(button());
    expect(told()).toHaveTextContent('offline');
    expect(sent).toEqual([]);
  });

  it('asks whether a donation found by the server is meant once more', async () => {
    localStorage.setItem('given:shore', '"tok0"');
    open();
    started(() => problem(409, 'donation_found'));
    await userEvent.click(button());
    await waitFor(() => expect(told()).toHaveTextContent('found €50'));
    expect(starts()[0]?.body.previous).toBe('tok0');
    expect(screen.getByRole('link', { name: /found_see/ })).toHaveAttribute('href', '/en/give/thanks/tok0/');
    started();
    paid();
    await userEvent.click(screen.getByRole('button', { name: 'found_again €50' }));
    await waitFor(() => expect(went).toHaveLength(1));
    expect(starts()[1]?.body.again).toBe(true);
  });

  it('finds in a second tab, or after a reload, the donation that came through', async () => {
    localStorage.setItem('give:shore', JSON.stringify({ key: 'k'.repeat(32), mark: 'x', token: 'tok1' }));
    looked(() => HttpResponse.json(donation({ state: 'settled', amount: 2000 })));
    open();
    await waitFor(() => expect(told()).toHaveTextContent('found €20'));
    expect(localStorage.getItem('give:shore')).toBeNull();
    expect(localStorage.getItem('given:shore')).toBe('"tok1"');
  });

  it('uses in a second tab the attempt of the first', async () => {
    open();
    started();
    paid(() => HttpResponse.json(donation({ state: 'failed', failure_said: 'No.' })));
    await userEvent.click(button());
    await waitFor(() => expect(told()).toHaveTextContent('No.'));
    looked(() => HttpResponse.json(donation({ state: 'failed' })));
    open();
    await userEvent.click(button());
    await waitFor(() => expect(told()).toHaveTextContent('No.'));
    expect(starts()).toHaveLength(2);
    expect(starts()[0]?.key).toBe(starts()[1]?.key);
  });

  it('does not begin anew before it looked what became of another amount', async () => {
    localStorage.setItem('give:shore', JSON.stringify({ key: 'k'.repeat(32), mark: 'x', token: 'tok1' }));
    let state: 'started' | 'settled' = 'started';
    looked(() => HttpResponse.json(donation({ state, amount: 2000 })));
    open();
    await waitFor(() => expect(sent).toHaveLength(1));
    state = 'settled';
    await userEvent.click(button());
    await waitFor(() => expect(told()).toHaveTextContent('found €20'));
    expect(starts()).toEqual([]);
  });

  it('asks first where a bank may still let what was begun before be paid', async () => {
    localStorage.setItem('give:shore', JSON.stringify({ key: 'k'.repeat(32), mark: 'x', token: 'tok1' }));
    looked(() => HttpResponse.json(donation({ state: 'confirming' })));
    open();
    started(() => problem(409, 'donation_found'));
    await userEvent.click(button());
    await waitFor(() => expect(told()).toHaveTextContent('found €50'));
    expect(starts()[0]?.body.previous).toBe('tok1');
    expect(screen.getByRole('link', { name: /found_see/ })).toHaveAttribute('href', '/en/give/thanks/tok1/');
  });

  it('keeps what was typed and chosen through a reload, and no consent and no card', async () => {
    open();
    await userEvent.click(screen.getByLabelText('Each month'));
    await userEvent.clear(screen.getByLabelText('given_name'));
    await userEvent.type(screen.getByLabelText('given_name'), 'Clara');
    await userEvent.type(screen.getByLabelText('Another amount'), '25');
    drawForm();
    document.querySelectorAll('input').forEach((field) => field.type === 'text' && (field.value = ''));
    document.querySelector<HTMLInputElement>('#declaration')!.checked = false;
    startGiving(document.body.firstElementChild as HTMLElement, props);
    expect(screen.getByLabelText<HTMLInputElement>('given_name').value).toBe('Clara');
    expect(screen.getByLabelText<HTMLInputElement>('Each month').checked).toBe(true);
    expect(screen.getByLabelText<HTMLInputElement>('Another amount').value).toBe('25');
    expect(screen.getByLabelText<HTMLInputElement>('50').checked).toBe(false);
    expect(screen.getByLabelText<HTMLInputElement>('I declare').checked).toBe(false);
    expect(document.body).toHaveTextContent('restored');
  });

  it('hands on who gives, and nothing else, to the one that is given to afterwards', async () => {
    history.replaceState(null, '', '?before=zero&then=agent&then=third&ref=mail');
    open();
    started();
    paid();
    await userEvent.clear(screen.getByLabelText('given_name'));
    await userEvent.type(screen.getByLabelText('given_name'), 'Clara');
    await userEvent.type(screen.getByLabelText('Another amount'), '25');
    await userEvent.click(button());
    await waitFor(() => expect(went).toEqual(['/en/give/thanks/tok1/?before=zero&then=agent&then=third']));
    history.replaceState(null, '', '?then=third');
    drawForm();
    document.querySelectorAll('input').forEach((field) => field.type === 'text' && (field.value = ''));
    document.querySelector<HTMLInputElement>('#declaration')!.checked = false;
    startGiving(document.body.firstElementChild as HTMLElement, { ...props, fund: 'agent' });
    expect(screen.getByLabelText<HTMLInputElement>('given_name').value).toBe('Clara');
    expect(screen.getByLabelText<HTMLInputElement>('Another amount').value).toBe('');
    expect(screen.getByLabelText<HTMLInputElement>('I declare').checked).toBe(false);
    history.replaceState(null, '', '?');
  });

  it('hands on who gives also where one goes on to the next without this one', async () => {
    history.replaceState(null, '', '?then=agent');
    const form = drawForm();
    document.body.insertAdjacentHTML('beforeend', '<a id="next-turn" href="#">Agent</a>');
    startGiving(form, props);
    await userEvent.clear(screen.getByLabelText('given_name'));
    await userEvent.type(screen.getByLabelText('given_name'), 'Nadia');
    await userEvent.click(screen.getByRole('link', { name: 'Agent' }));
    expect(JSON.parse(sessionStorage.getItem('kept:give-agent') ?? '{}')).toMatchObject({ given_name: 'Nadia' });
    history.replaceState(null, '', '?');
  });

  it('gives to an envelope, or shares between several', async () => {
    open();
    started();
    paid();
    await userEvent.click(screen.getByLabelText('Share it'));
    await userEvent.type(screen.getByLabelText('Help, part'), '60');
    await userEvent.click(button());
    expect(document.getElementById('shares-error')).toHaveTextContent('shares €50');
    await userEvent.clear(screen.getByLabelText('Help, part'));
    await userEvent.type(screen.getByLabelText('Help, part'), '12,50');
    await userEvent.click(button());
    await waitFor(() => expect(went).toHaveLength(1));
    expect(starts()[0]?.body.shares).toEqual([{ fund: 'help', amount: 1250 }]);
  });

  it('shows the mandate of a debit when it is chosen', async () => {
    open();
    await waitFor(() => expect(stage.elements.create).toHaveBeenCalled());
    stage.heard.change?.({ value: { type: 'sepa_debit' } });
    expect(screen.getByText('Your mandate')).toBeVisible();
    stage.heard.change?.({ value: { type: 'card' } });
    expect(screen.getByText('Your mandate')).not.toBeVisible();
  });

  it('leaves to the fields what is missing in them', async () => {
    stage.elements.submit.mockResolvedValueOnce({ error: { message: 'Your card number is incomplete.' } });
    open();
    await userEvent.click(button());
    await waitFor(() => expect(told()).toHaveTextContent('Your card number is incomplete.'));
    expect(sent).toEqual([]);
  });

  it('offers the fields once more when they did not come', async () => {
    open();
    await waitFor(() => expect(stage.elements.create).toHaveBeenCalled());
    stage.heard.loaderror?.({});
    expect(screen.getByText(/fields_failed/)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: /try_again/ }));
    await waitFor(() => expect(stage.elements.create).toHaveBeenCalledTimes(2));
  });

  it('thanks in its place within the page of another site', async () => {
    open({ opens: '_blank' });
    started();
    paid();
    await userEvent.click(button());
    await waitFor(() => expect(told()).toHaveTextContent('thanked €50'));
    expect(went).toEqual([]);
    expect(screen.getByRole('link', { name: /follow/ })).toHaveAttribute('target', '_blank');
  });

  it('sends the version of the words that were ticked, only where they were', async () => {
    open();
    started();
    paid(() => HttpResponse.json(donation({ state: 'failed', failure_said: 'No.' })));
    await userEvent.click(button());
    await waitFor(() => expect(told()).toHaveTextContent('No.'));
    expect(starts()[0]?.body.donor).not.toHaveProperty('news');
    looked(() => HttpResponse.json(donation({ state: 'failed' })));
    await userEvent.click(screen.getByLabelText('Write to me'));
    await userEvent.click(button());
    await waitFor(() => expect(starts()).toHaveLength(2));
    expect(starts()[1]?.body.donor).toMatchObject({ news: 'donation_news.1' });
    await waitFor(() => expect(told()).toHaveTextContent('No.'));
  });

  it('says what passes the cap, and what is left is one click away', async () => {
    open();
    started(() =>
      HttpResponse.json(
        {
          status: 400,
          code: 'over_the_cap',
          detail: 'You may still give €12.40.',
          fields: { amount: ['x'] },
          remaining: 1240,
        },
        { status: 400 },
      ),
    );
    await userEvent.click(button());
    await waitFor(() => expect(told()).toHaveTextContent('You may still give €12.40.'));
    await userEvent.click(screen.getByRole('button', { name: 'over_instead €12.40' }));
    expect(button()).toHaveTextContent('give €12.40');
    expect(button()).toHaveFocus();
  });

  it('tells nobody what is left who may not know it', async () => {
    open();
    started(() => problem(400, 'over_the_cap', { amount: ['x'] }));
    await userEvent.click(button());
    await waitFor(() => expect(told()).toHaveTextContent('said: over_the_cap'));
    expect(screen.queryByRole('button', { name: /over_instead/ })).toBeNull();
  });
});

describe('what the law still lets somebody give', () => {
  const answers = () => {
    server.use(
      http.post('*/api/proofs/', async ({ request }) => {
        sent.push({ path: '/api/proofs/', key: null, body: (await request.json()) as Sent['body'] });
        return new HttpResponse(null, { status: 204 });
      }),
      http.post('*/api/proofs/confirm/', async ({ request }) => {
        const body = (await request.json()) as Sent['body'];
        sent.push({ path: '/api/proofs/confirm/', key: null, body });
        return body.code === '1234-5678'
          ? HttpResponse.json({ token: 'proof1', ends_at: new Date(Date.now() + 3_600_000).toISOString() })
          : problem(400, 'wrong_code', { code: ['x'] });
      }),
      http.post('*/api/funds/shore/allowance/', async ({ request }) => {
        sent.push({ path: '/api/funds/shore/allowance/', key: null, body: (await request.json()) as Sent['body'] });
        const cap = { code: 'year', period: '2026', cap: 750_000, counted: 33_000, remaining: 717_000, said: 'Why.' };
        return HttpResponse.json({ code: 'told', said: 'You may still give €7,170.', caps: [cap] });
      }),
    );
  };
  const ask = () => screen.getByRole('button', { name: 'How much may I still give?' });

  it('is told to whoever typed the code that was mailed, and goes with their donation', async () => {
    answers();
    open();
    await userEvent.click(ask());
    await waitFor(() => expect(screen.getByLabelText('Code')).toHaveFocus());
    expect(sent[0]?.body).toEqual({ email: 'claire@people.example', language: 'en' });
    await userEvent.type(screen.getByLabelText('Code'), '1111-1111{Enter}');
    await waitFor(() => expect(document.getElementById('proof-code-error')).toHaveTextContent('said: wrong_code'));
    await userEvent.clear(screen.getByLabelText('Code'));
    await userEvent.type(screen.getByLabelText('Code'), '1234-5678{Enter}');
    await waitFor(() => expect(screen.getByText('€7,170')).toBeVisible());
    expect(screen.getByText('Why.')).toBeVisible();
    expect(to('/api/funds/shore/allowance/')[0]?.body).toEqual({
      proof: 'proof1',
      given_name: 'Claire',
      family_name: 'Dumontel',
      born_on: '1984-05-17',
    });
    started();
    paid();
    await userEvent.click(button());
    await waitFor(() => expect(went).toHaveLength(1));
    expect(starts()[0]?.body.proof).toBe('proof1');
  });

  it('is told without a code to whoever comes from the app, where they are signed in', async () => {
    answers();
    handProof({ token: 'proof2', email: 'claire@people.example', until: Date.now() + 3_600_000 });
    open();
    await userEvent.click(ask());
    await waitFor(() => expect(screen.getByText('€7,170')).toBeVisible());
    expect(to('/api/funds/shore/allowance/')[0]?.body.proof).toBe('proof2');
    expect(to('/api/proofs/')).toEqual([]);
    expect(sessionStorage.getItem('giving-proof')).toBeNull();
  });

  it('is told of who was typed: another name is asked anew, another address is not proved', async () => {
    answers();
    open();
    await userEvent.click(ask());
    await waitFor(() => expect(screen.getByLabelText('Code')).toHaveFocus());
    await userEvent.type(screen.getByLabelText('Code'), '1234-5678{Enter}');
    await waitFor(() => expect(screen.getByText('€7,170')).toBeVisible());
    await userEvent.type(screen.getByLabelText('email'), 'x');
    expect(screen.getByText('€7,170')).not.toBeVisible();
    started();
    paid();
    await userEvent.click(button());
    await waitFor(() => expect(went).toHaveLength(1));
    expect(starts()[0]?.body.proof).toBe('');
  });

  it('asks first who one is', async () => {
    answers();
    open();
    await userEvent.clear(screen.getByLabelText('email'));
    await userEvent.click(ask());
    expect(document.getElementById('email-error')).toHaveTextContent('missing');
    expect(sent).toEqual([]);
  });
});
