import type { DonationOut } from '@/api/schema';
import { announcer, fill } from '@/lib/announce';
import { whenNear } from '@/lib/islands';
import { handOnTexts, startKeptForm } from '@/lib/kept-form';
import { attemptFor, beginAttempt, dropAttempt, finishAttempt, keepAttempt, lastGiven, type Attempt } from './attempt';
import { GivingForm, TEXTS, type Asked, type Wrong } from './form';
import { costAfterTax, money } from './money';
import { PaymentPart } from './payment-part';
import { Proof } from './proof';
import type { GivingProps } from './props';
import { look, post, type Problem } from './server';

/** Money that came or is coming: nothing is left to do in the form. */
const THROUGH: DonationOut['state'][] = ['settled', 'processing', 'held'];
const TRIES = 3;
const LOOKS = 12;
const PAUSE_MS = 2_500;

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Let the form of a fund take a donation: once, whatever is clicked, reloaded or lost (docs/adr/0031).
 * The page works as it stands; the payment provider's fields come when they are in sight.
 */
export function startGiving(
  root: HTMLElement,
  props: GivingProps,
  go: (address: string) => void = (address) => location.assign(address),
): void {
  const element = root.querySelector('form');
  if (element) new Giving(root, element, props, go).start();
}

class Giving {
  private readonly form: GivingForm;
  private readonly payment: PaymentPart;
  private readonly proof: Proof;
  private readonly say: (sentence: string) => void;
  private readonly button: HTMLButtonElement;
  private readonly told: HTMLElement;
  private isBusy = false;
  private isOver = false;

  constructor(
    root: HTMLElement,
    private readonly element: HTMLFormElement,
    private readonly props: GivingProps,
    private readonly go: (address: string) => void,
  ) {
    this.form = new GivingForm(element, props);
    this.payment = new PaymentPart(element, props);
    this.say = announcer(root);
    this.proof = new Proof(element, this.form, props, this.say);
    this.button = element.querySelector('[data-give]') as HTMLButtonElement;
    this.told = element.querySelector('[data-told]') as HTMLElement;
  }

  start(): void {
    // What follows from a letter is drawn first, so that a reload finds the amount that was let go of let go of.
    this.element.addEventListener('input', (event) => this.follow(event.target as Element));
    startKeptForm(this.element.parentElement as HTMLElement, {
      name: `give-${this.props.fund}`,
      restored: this.props.words.restored,
      choices: true,
    });
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.give();
    });
    document.getElementById('next-turn')?.addEventListener('click', () => {
      this.handOn();
    });
    this.proof.start();
    this.draw();
    this.button.disabled = false;
    const slot = this.element.querySelector('.slot');
    if (slot) whenNear(slot, () => void this.payment.open(this.amountAsked(), this.form.isMonthly));
    void this.findUnderWay();
  }

  /** One field was changed: an amount of one kind lets go of the other, and what follows from it is said anew. */
  private follow(field: Element): void {
    this.form.settle(field);
    if (field instanceof HTMLInputElement) {
      if (field.name === 'free' && field.value.trim()) this.untickAmounts();
      if (field.name.endsWith('-amount')) this.setValue('free', '');
      if (/^(email|given_name|family_name|born-)/.test(field.name)) this.proof.forgetSaid();
    }
    this.draw();
  }

  private draw(): void {
    const { words, tax, currency } = this.props;
    const { isMonthly, amount } = this.form;
    for (const part of this.element.querySelectorAll<HTMLElement>('[data-rhythm]'))
      part.hidden = part.dataset.rhythm !== (isMonthly ? 'monthly' : 'once');
    const parts = this.element.querySelector<HTMLElement>('[data-parts]');
    if (parts) parts.hidden = this.form.value('envelope') !== '*';
    const cents = 'cents' in amount ? amount.cents : 0;
    const said = cents ? { amount: money(cents, currency) } : null;
    if (!this.isBusy)
      this.button.textContent = said ? fill(isMonthly ? words.give_monthly : words.give, said) : words.give_nothing;
    const cost = this.element.querySelector('[data-cost]');
    const costs = tax && cents ? money(costAfterTax(cents, tax), currency) : '';
    if (cost) cost.textContent = costs ? fill(isMonthly ? words.cost_monthly : words.cost_once, { amount: costs }) : '';
    this.payment.change(this.amountAsked(), isMonthly);
  }

  /** Cents for the provider's fields, which want an amount also while none is chosen. */
  private amountAsked(): number {
    const amount = this.form.amount;
    return 'cents' in amount ? amount.cents : this.props.least;
  }

  /** Let the form to whom one gives after this find who gives. */
  private handOn(): void {
    const next = thenTo()[0];
    if (next) handOnTexts(`give-${this.props.fund}`, `give-${next}`, isOfThePerson);
  }

  private async give(again = false): Promise<void> {
    if (this.isBusy) return;
    const { words } = this.props;
    this.hush();
    const read = this.form.read();
    if ('wrong' in read) {
      this.showWrong(read.wrong);
      return;
    }
    this.form.show({});
    this.handOn();
    if (!navigator.onLine) {
      this.tell(words.offline, { isBad: true });
      return;
    }
    this.busy(words.sending);
    try {
      const filled = await this.payment.submit();
      if (!filled.isReady) {
        this.tell(filled.said || words.fields_failed, { isBad: true });
        return;
      }
      const attempt = await this.attemptFor(read.asked, again);
      const started = attempt && (await this.begin(attempt, read.asked, again));
      if (started) await this.pay(started, read.asked);
    } finally {
      this.idle();
    }
  }

  /** The attempt for what is asked. One that asked something else is looked at before another is begun: it may have come through. */
  private async attemptFor(asked: Asked, again: boolean): Promise<Attempt | null> {
    const before = attemptFor(this.props.fund);
    const attempt = beginAttempt(this.props.fund, asked);
    if (again || !before?.token || before.key === attempt.key) return attempt;
    const seen = await post(`${this.props.follow}${before.token}/`);
    if (seen.is !== 'donation') return attempt;
    if (seen.donation.state === 'confirming') return keepAttempt(this.props.fund, { ...attempt, before: before.token });
    if (!THROUGH.includes(seen.donation.state)) return attempt;
    finishAttempt(this.props.fund, before.token);
    this.ask(seen.donation.amount, before.token);
    return null;
  }

  private async begin(attempt: Attempt, asked: Asked, again: boolean): Promise<DonationOut | null> {
    const { words, fund } = this.props;
    const body = {
      ...asked,
      language: document.documentElement.lang,
      ref: ref(),
      previous: this.previous(),
      proof: this.proof.tokenFor(asked.donor.email ?? ''),
      again,
    };
    for (let tries = 1; tries <= TRIES; tries += 1) {
      const answer = await post(this.props.start, body, { 'Idempotency-Key': attempt.key });
      if (answer.is === 'donation') {
        keepAttempt(fund, { ...attempt, token: answer.donation.token });
        return answer.donation;
      }
      if (answer.is === 'problem') {
        this.refused(answer.problem, asked);
        return null;
      }
      this.busy(words.away);
      await pause(PAUSE_MS * tries);
    }
    this.tell(words.not_started, { isBad: true });
    return null;
  }

  private async pay(donation: DonationOut, asked: Asked): Promise<void> {
    const { words } = this.props;
    if (THROUGH.includes(donation.state)) {
      this.arrive(donation);
      return;
    }
    const made = await this.payment.confirmationToken(asked.donor);
    if (!made.token) {
      this.tell(made.said || words.failed, { isBad: true });
      return;
    }
    this.busy(words.asking_bank);
    const address = `${this.props.follow}${donation.token}/`;
    const body = { confirmation_token: made.token, return_url: this.pageOf(donation.token) };
    for (let tries = 1; tries <= TRIES; tries += 1) {
      // The same confirmation token is tried once at the provider, however often it is sent.
      const answer = await post(`${address}pay/`, body);
      if (answer.is === 'donation') {
        await this.goOn(answer.donation);
        return;
      }
      if (answer.is === 'problem') {
        this.refused(answer.problem, asked);
        return;
      }
      this.busy(words.away);
      await pause(PAUSE_MS * tries);
    }
    await this.look(donation);
  }

  /** What the answer to a payment came to: with the bank's question in between where it has one. */
  private async goOn(donation: DonationOut): Promise<void> {
    const { words } = this.props;
    if (donation.state === 'confirming' && donation.secret) {
      this.busy(words.confirming);
      await this.payment.nextAction(donation.secret);
      this.busy(words.asking_bank);
      await this.look(donation);
    } else {
      this.came(donation);
    }
  }

  /** Look what became of a donation until it is known; after that its own page goes on looking. */
  private async look(donation: DonationOut): Promise<void> {
    const { words } = this.props;
    for (let looks = 0; looks < LOOKS; looks += 1) {
      // Every fourth look is at the provider, the others at what the server knows: a post counts among those of a network.
      const address = `${this.props.follow}${donation.token}/`;
      const answer = looks % 4 === 0 ? await post(address) : await look(address);
      if (answer.is === 'donation' && this.came(answer.donation)) return;
      this.busy(words.looking);
      await pause(PAUSE_MS);
    }
    this.tell(words.still_unknown, { isBad: true, links: [[words.follow, this.pageOf(donation.token)]] });
  }

  /** Say whether it is known what came of it, having acted on it. */
  private came(donation: DonationOut): boolean {
    if (THROUGH.includes(donation.state)) this.arrive(donation);
    else if (donation.state === 'failed') this.tell(donation.failure_said, { isBad: true });
    else if (donation.state === 'ended') {
      dropAttempt(this.props.fund);
      this.tell(this.props.words.failed, { isBad: true });
    } else return false;
    return true;
  }

  private arrive(donation: DonationOut): void {
    const { words, currency } = this.props;
    this.isOver = true;
    finishAttempt(this.props.fund, donation.token);
    startKeptForm(this.element.parentElement as HTMLElement, { name: `give-${this.props.fund}`, forget: true });
    const page = this.pageOf(donation.token);
    if (this.props.opens === '_self') {
      this.go(page);
      return;
    }
    // Within another site's page its visitors are not led away: the thanks stand where the form stood.
    this.tell(fill(words.thanked, { amount: money(donation.amount, currency) }), { links: [[words.follow, page]] });
    this.element.replaceChildren(this.told);
    this.told.focus();
  }

  /** The page of a donation; it leads on to those whom one chose to give to after this. */
  private pageOf(token: string): string {
    return `${this.props.thanks}${token}/${turn()}`;
  }

  private refused(problem: Problem, asked: Asked): void {
    const { words } = this.props;
    const wrong = Object.fromEntries(
      Object.entries(problem.fields).map(([name, said]) => [fieldOf(name), said.join(' ')]),
    );
    if (problem.code === 'donation_found') this.ask(asked.amount, this.previous());
    else if (problem.code === 'over_the_cap') this.over(problem);
    else if (Object.keys(wrong).some((name) => this.element.querySelector(`#${name}-error`))) this.showWrong(wrong);
    else this.tell(problem.detail || words.failed, { isBad: true });
    if (['donation_ended', 'idempotency_key_reused'].includes(problem.code)) dropAttempt(this.props.fund);
    if (problem.code === 'proof_ended') this.proof.drop();
  }

  /** More than the law allows: what it still does is one click away. */
  private over({ detail, remaining = 0 }: Problem): void {
    const { words, currency, least } = this.props;
    if (remaining < least) {
      this.tell(detail, { isBad: true });
      return;
    }
    const instead = document.createElement('button');
    instead.type = 'button';
    instead.className = 'button line';
    instead.textContent = fill(words.over_instead, { amount: money(remaining, currency) });
    instead.addEventListener('click', () => {
      this.setValue('free', (remaining / 100).toFixed(remaining % 100 ? 2 : 0));
      this.untickAmounts();
      this.hush();
      this.draw();
      this.button.focus();
    });
    this.tell(detail, { isBad: true, buttons: [instead] });
  }

  private showWrong(wrong: Wrong): void {
    const { words } = this.props;
    const count = Object.keys(wrong).length;
    this.form.show(wrong);
    this.say(`${count === 1 ? words.one_wrong : fill(words.many_wrong, { count })} ${Object.values(wrong)[0] ?? ''}`);
  }

  /** The donation of this browser that the server holds the next one against. */
  private previous(): string {
    return attemptFor(this.props.fund)?.before ?? lastGiven(this.props.fund);
  }

  /** A donation of a moment ago exists: nothing more is taken unless they say so. */
  private ask(amount: number, token: string): void {
    const { words, currency, thanks } = this.props;
    const mine = this.form.amount;
    const again = document.createElement('button');
    again.type = 'button';
    again.className = 'button line';
    again.textContent = fill(words.found_again, { amount: money('cents' in mine ? mine.cents : amount, currency) });
    again.addEventListener('click', () => void this.give(true));
    this.tell(fill(words.found, { amount: money(amount, currency) }), {
      links: token ? [[words.found_see, `${thanks}${token}/`]] : [],
      buttons: [again],
    });
  }

  /** A reload, or another tab, finds the donation that was begun here and says where it stands. */
  private async findUnderWay(): Promise<void> {
    const attempt = attemptFor(this.props.fund);
    if (!attempt?.token) return;
    const answer = await post(`${this.props.follow}${attempt.token}/`);
    if (answer.is !== 'donation' || this.isBusy) return;
    if (THROUGH.includes(answer.donation.state)) {
      finishAttempt(this.props.fund, attempt.token);
      this.ask(answer.donation.amount, attempt.token);
    } else if (answer.donation.state === 'ended') dropAttempt(this.props.fund);
  }

  private tell(
    sentence: string,
    {
      isBad = false,
      links = [],
      buttons = [],
    }: { isBad?: boolean; links?: [string, string][]; buttons?: Element[] } = {},
  ): void {
    const paragraph = document.createElement('p');
    paragraph.textContent = sentence;
    const row = document.createElement('div');
    row.className = 'buttons';
    for (const [words, address] of links) {
      const link = document.createElement('a');
      link.className = 'button line';
      link.href = address;
      link.textContent = words;
      if (this.props.opens !== '_self') link.target = this.props.opens;
      row.append(link);
    }
    row.append(...buttons);
    this.told.replaceChildren(paragraph, ...(row.childElementCount ? [row] : []));
    this.told.classList.toggle('is-bad', isBad);
    this.told.hidden = false;
    this.told.focus();
    this.say(sentence);
  }

  private hush(): void {
    this.told.hidden = true;
    this.told.replaceChildren();
  }

  private busy(sentence: string): void {
    this.isBusy = true;
    this.element.setAttribute('aria-busy', 'true');
    this.button.setAttribute('aria-disabled', 'true');
    this.button.textContent = sentence;
    this.say(sentence);
  }

  /** Ready for the next click; not while the browser leaves for the page of the donation. */
  private idle(): void {
    if (this.isOver) return;
    this.isBusy = false;
    this.element.removeAttribute('aria-busy');
    this.button.removeAttribute('aria-disabled');
    this.draw();
  }

  private untickAmounts(): void {
    for (const radio of this.element.querySelectorAll<HTMLInputElement>('input[name$="-amount"]'))
      radio.checked = false;
  }

  private setValue(name: string, value: string): void {
    const field = this.element.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value;
  }
}

/** To whom one chose to give after this, by the codes of their funds. */
function thenTo(): string[] {
  return new URLSearchParams(location.search).getAll('then');
}

/** What the address says of those whom one gives to before and after this, for the next one. */
function turn(): string {
  const asked = [...new URLSearchParams(location.search)].filter(([name]) => name === 'before' || name === 'then');
  return asked.length ? `?${new URLSearchParams(asked)}` : '';
}

/** What is of who gives, and not of what is given. */
function isOfThePerson(name: string): boolean {
  return (TEXTS as readonly string[]).includes(name) || name.startsWith('born-');
}

/** Where the link that led here came from: `ref`, else `utm_source`. */
function ref(): string {
  const asked = new URLSearchParams(location.search);
  return (asked.get('ref') ?? asked.get('utm_source') ?? '').slice(0, 64);
}

/** The server names what is wrong within what was sent: `donor.email`, `shares.0.amount`. */
function fieldOf(name: string): string {
  return name.startsWith('shares') ? 'shares' : name.replace(/^donor\./, '');
}
