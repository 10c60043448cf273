import { fill } from '@/lib/announce';
import type { AllowanceOut, ProofOut } from '@/api/schema';
import type { GivingForm } from './form';
import { type KeptProof, takeProof } from './handed-proof';
import { money } from './money';
import type { GivingProps } from './props';
import { ask } from './server';

/**
 * Let a giver prove their address with a code, so that they are told what the law still lets them give. Whoever proves nothing
 * reads the cap of the law alone: what remains of it would tell of somebody what they gave.
 */
export class Proof {
  private readonly root: HTMLElement | null;
  private readonly said: HTMLElement | null;
  private kept: KeptProof | null = null;

  constructor(
    element: HTMLFormElement,
    private readonly form: GivingForm,
    private readonly props: GivingProps,
    private readonly say: (sentence: string) => void,
  ) {
    this.root = element.querySelector('[data-proof]');
    this.said = element.querySelector('[data-proof-said]');
  }

  start(): void {
    this.kept = takeProof();
    if (this.kept) this.form.proposeEmail(this.kept.email);
    this.part('ask')?.addEventListener('click', () => void this.askForCode());
    this.part('again')?.addEventListener('click', () => void this.askForCode());
    this.part('confirm')?.addEventListener('click', () => void this.confirm());
    this.codeField?.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      void this.confirm();
    });
  }

  /** The token that goes with a donation from this address; empty where it is not proved, or not any more. */
  tokenFor(email: string): string {
    const kept = this.kept;
    return kept && kept.until > Date.now() && kept.email === email.trim().toLowerCase() ? kept.token : '';
  }

  /** What was told was told of who was typed: whoever types another name reads it anew. */
  forgetSaid(): void {
    if (!this.kept || !this.said || this.said.hidden) return;
    this.said.hidden = true;
    this.show('ask', true);
  }

  drop(): void {
    this.kept = null;
    this.forgetSaid();
  }

  private get codeField(): HTMLInputElement | null {
    return this.root?.querySelector<HTMLInputElement>('#proof-code') ?? null;
  }

  private part(name: string): HTMLElement | null {
    return this.root?.querySelector<HTMLElement>(`[data-proof-${name}]`) ?? null;
  }

  private show(name: string, isShown: boolean): void {
    const part = this.part(name);
    if (part) part.hidden = !isShown;
  }

  private async askForCode(): Promise<void> {
    const { words } = this.props;
    const who = this.form.who();
    if ('wrong' in who) {
      this.form.show(who.wrong);
      this.say(words.who_first);
      return;
    }
    if (this.tokenFor(who.email)) {
      await this.tell(who);
      return;
    }
    const answer = await ask<null>(this.props.proofs, { email: who.email, language: document.documentElement.lang });
    if (answer.is !== 'done') {
      this.note(answer.is === 'problem' ? answer.problem.detail : words.code_failed);
      return;
    }
    this.show('ask', false);
    this.show('code', true);
    this.note(fill(words.code_sent, { email: who.email }));
    this.codeField?.focus();
  }

  private async confirm(): Promise<void> {
    const { words } = this.props;
    const who = this.form.who();
    if ('wrong' in who) {
      this.form.show(who.wrong);
      return;
    }
    const code = this.codeField?.value.trim() ?? '';
    if (!code) {
      this.form.show({ 'proof-code': words.missing });
      return;
    }
    const answer = await ask<ProofOut>(`${this.props.proofs}confirm/`, { email: who.email, code });
    if (answer.is !== 'done') {
      const said = answer.is === 'problem' ? answer.problem.detail : words.code_failed;
      this.form.show({ 'proof-code': said });
      this.say(said);
      return;
    }
    this.kept = {
      token: answer.body.token,
      email: who.email.toLowerCase(),
      until: Date.parse(answer.body.ends_at),
    };
    if (this.codeField) this.codeField.value = '';
    this.show('code', false);
    this.note('');
    await this.tell(who);
  }

  private async tell(who: { email: string; given_name: string; family_name: string; born_on: string }): Promise<void> {
    const { words, currency, allowance } = this.props;
    const { given_name, family_name, born_on } = who;
    const answer = await ask<AllowanceOut>(allowance, {
      proof: this.tokenFor(who.email),
      given_name,
      family_name,
      born_on,
    });
    if (answer.is !== 'done' || answer.body.code !== 'told') {
      if (answer.is === 'done') this.drop();
      this.note(answer.is === 'done' ? answer.body.said : words.code_failed);
      return;
    }
    if (!this.said) return;
    this.said.replaceChildren(
      ...answer.body.caps.map((cap) => {
        const row = document.createElement('div');
        const figure = document.createElement('p');
        figure.className = 'left';
        const label = document.createElement('span');
        label.textContent = words.left;
        const sum = document.createElement('b');
        sum.textContent = money(cap.remaining, currency);
        figure.append(label, sum);
        const ticks = document.createElement('span');
        ticks.className = 'ticks quiet';
        ticks.setAttribute('role', 'img');
        ticks.setAttribute(
          'aria-label',
          fill(words.counted, { counted: money(cap.counted, currency), cap: money(cap.cap, currency) }),
        );
        ticks.style.setProperty('--p', `${Math.min(100, (cap.counted * 100) / cap.cap).toFixed(1)}%`);
        const why = document.createElement('p');
        why.className = 'note';
        why.textContent = cap.said;
        row.append(figure, ticks, why);
        return row;
      }),
    );
    this.said.hidden = false;
    this.show('ask', false);
    this.say(answer.body.said);
  }

  private note(sentence: string): void {
    const note = this.part('note');
    if (note) {
      note.textContent = sentence;
      note.hidden = !sentence;
    }
    if (sentence) this.say(sentence);
  }
}
