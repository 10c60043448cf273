import { appearance, loadStripe, type Elements, type PaymentFields, type Stripe } from './stripe';
import type { GivingProps } from './props';

/** The provider's own fields, in which the way to pay is typed: we never see what. They come once, when the reader nears them. */
export class PaymentPart {
  private stripe: Stripe | undefined;
  private elements: Elements | undefined;
  private isMounted = false;
  private opening: Promise<void> | undefined;
  private shown = { amount: 0, isMonthly: false };
  private readonly fields: HTMLElement;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly props: GivingProps,
  ) {
    this.fields = form.querySelector('[data-fields]') as HTMLElement;
  }

  open(amount: number, isMonthly: boolean): Promise<void> {
    this.opening ??= this.mount(amount, isMonthly);
    return this.opening;
  }

  private async mount(amount: number, isMonthly: boolean): Promise<void> {
    const { script, key, currency, methods, name } = this.props;
    const locale = document.documentElement.lang;
    try {
      this.stripe = await loadStripe(script, key, locale);
      this.shown = { amount, isMonthly };
      this.elements = this.stripe.elements({
        mode: 'payment',
        currency,
        allowedPaymentMethodTypes: methods,
        locale,
        appearance: appearance(this.form),
        ...this.terms(),
      });
      const fields = this.elements.create('payment', {
        layout: 'tabs',
        business: { name },
        // Both are typed above, and the mandate of a debit stands below with what a law wants it to name.
        fields: { billingDetails: { name: 'never', email: 'never' } },
        terms: { card: 'never', sepaDebit: 'never' },
      });
      this.listen(fields);
      const room = document.createElement('div');
      this.fields.replaceChildren(room);
      fields.mount(room);
      this.isMounted = true;
      matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () =>
        this.elements?.update({ appearance: appearance(this.form) }),
      );
    } catch {
      this.failed();
    }
  }

  private listen(fields: PaymentFields): void {
    const mandate = this.form.querySelector<HTMLElement>('[data-mandate]');
    fields.on('change', ({ value }) => {
      if (mandate) mandate.hidden = value?.type !== 'sepa_debit';
    });
    fields.on('loaderror', () => this.failed());
  }

  /** Say that the fields did not come, and offer to ask for them once more. */
  private failed(): void {
    this.isMounted = false;
    this.opening = undefined;
    const said = document.createElement('p');
    said.textContent = this.props.words.fields_failed;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button line';
    button.textContent = this.props.words.try_again;
    button.addEventListener('click', () => {
      const waiting = document.createElement('p');
      waiting.className = 'note';
      waiting.textContent = this.props.words.fields_loading;
      this.fields.replaceChildren(waiting);
      void this.open(this.shown.amount, this.shown.isMonthly);
    });
    this.fields.replaceChildren(said, button);
  }

  /** Tell the fields what is being paid: a wallet shows it, and a card that is charged each month is kept. */
  change(amount: number, isMonthly: boolean): void {
    const isSame = amount === this.shown.amount && isMonthly === this.shown.isMonthly;
    this.shown = { amount, isMonthly };
    if (!isSame) this.elements?.update(this.terms());
  }

  private terms(): object {
    return { amount: this.shown.amount, setupFutureUsage: this.shown.isMonthly ? 'off_session' : null };
  }

  /** Let the fields check themselves. */
  async submit(): Promise<{ isReady: boolean; said: string }> {
    await this.open(this.shown.amount, this.shown.isMonthly);
    if (!this.elements || !this.isMounted) return { isReady: false, said: '' };
    const { error } = await this.elements.submit();
    return error ? { isReady: false, said: error.message ?? '' } : { isReady: true, said: '' };
  }

  /** Turn what was typed into the fields into a token that stands for it, once. */
  async confirmationToken(donor: Record<string, string | null>): Promise<{ token: string; said: string }> {
    if (!this.stripe || !this.elements) return { token: '', said: '' };
    const billing = { name: `${donor.given_name} ${donor.family_name}`.trim(), email: donor.email };
    const { confirmationToken, error } = await this.stripe.createConfirmationToken({
      elements: this.elements,
      params: { payment_method_data: { billing_details: billing } },
    });
    return { token: confirmationToken?.id ?? '', said: error?.message ?? '' };
  }

  /** Let the bank ask; what came of it is read at the server, so an error here says nothing more. */
  async nextAction(secret: string): Promise<void> {
    await this.stripe?.handleNextAction({ clientSecret: secret }).catch(() => undefined);
  }
}
