import { appearance, loadStripe, type Elements, type Stripe } from '../give/stripe';

export interface AnotherCardProps {
  /** Where the provider's script is. */
  script: string;
  /** The publishable key of the recipient's account. */
  key: string;
  currency: string;
  methods: string[];
  /** To whom one gives, for the fields. */
  name: string;
  words: { fields_failed: string; try_again: string; refused: string };
}

/** The provider's own fields for another card or account: their token is sent with the form that the server drew. */
export function startAnotherCard(root: HTMLElement, props: AnotherCardProps): void {
  const form = root.querySelector('form') as HTMLFormElement;
  const fields = form.querySelector('[data-fields]') as HTMLElement;
  const token = form.elements.namedItem('confirmation_token') as HTMLInputElement;
  const said = form.querySelector('[data-said]') as HTMLElement;
  const button = form.querySelector('button[type="submit"]') as HTMLButtonElement;
  let stripe: Stripe | undefined;
  let elements: Elements | undefined;

  const tell = (text: string) => {
    said.textContent = text;
    said.hidden = !text;
  };

  const failed = () => {
    elements = undefined;
    button.disabled = true;
    const again = document.createElement('button');
    again.type = 'button';
    again.className = 'button line';
    again.textContent = props.words.try_again;
    again.addEventListener('click', () => void open());
    fields.replaceChildren(props.words.fields_failed, ' ', again);
  };

  const open = async () => {
    try {
      const locale = document.documentElement.lang;
      stripe = await loadStripe(props.script, props.key, locale);
      elements = stripe.elements({
        mode: 'setup',
        currency: props.currency,
        allowedPaymentMethodTypes: props.methods,
        setupFutureUsage: 'off_session',
        locale,
        appearance: appearance(form),
      });
      const made = elements.create('payment', {
        layout: 'tabs',
        business: { name: props.name },
        terms: { card: 'never', sepaDebit: 'never' },
      });
      made.on('loaderror', failed);
      const room = document.createElement('div');
      fields.replaceChildren(room);
      made.mount(room);
      button.disabled = false;
    } catch {
      failed();
    }
  };

  const send = async () => {
    if (!stripe || !elements) return;
    button.disabled = true;
    tell('');
    const checked = await elements.submit();
    const made = checked.error ? undefined : await stripe.createConfirmationToken({ elements, params: {} });
    if (made?.confirmationToken) {
      token.value = made.confirmationToken.id;
      form.submit();
      return;
    }
    tell((checked.error ?? made?.error)?.message || props.words.refused);
    button.disabled = false;
  };

  form.hidden = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  void open();
}
