const MODES = ['payment', 'setup', 'subscription'];
const PLAIN = ({ mode, amount, currency, setupFutureUsage, captureMethod, allowedPaymentMethodTypes, appearance }) => ({
  mode,
  amount,
  currency,
  setupFutureUsage,
  captureMethod,
  allowedPaymentMethodTypes,
  appearance,
});

/** What the frame of an element is called to somebody who hears the page. */
const TITLES = {
  fr: 'Cadre de saisie sécurisée du paiement (test)',
  en: 'Secure payment input frame (test)',
};

function languageOf(locale) {
  const wanted = locale && locale !== 'auto' ? locale : navigator.language;
  return wanted.toLowerCase().startsWith('fr') ? 'fr' : 'en';
}

function checkOptions(options) {
  if ('paymentMethodTypes' in options)
    throw new IntegrationError('elements(): paymentMethodTypes is no longer taken. Use allowedPaymentMethodTypes.');
  if (!MODES.includes(options.mode))
    throw new IntegrationError(
      `elements(): mode must be one of ${MODES.join(', ')}; a clientSecret is not taken by the stand-in.`,
    );
  if (options.mode === 'payment') {
    if (!Number.isInteger(options.amount) || options.amount <= 0)
      throw new IntegrationError(
        'elements(): amount must be a positive integer, in the smallest unit of the currency.',
      );
    if (!options.currency) throw new IntegrationError('elements(): currency is required.');
  }
  if (options.currency && options.currency !== options.currency.toLowerCase())
    throw new IntegrationError('elements(): currency must be in lower case.');
}

/** One Payment Element: a frame in the page, and what it tells. */
class PaymentElement {
  constructor(elements, options) {
    this.elements = elements;
    this.options = options;
    this.heard = new Map();
    this.frame = null;
  }

  mount(where) {
    const parent = typeof where === 'string' ? document.querySelector(where) : where;
    if (!parent)
      throw new IntegrationError(
        `The selector you specified (${where}) applies to no DOM elements that are currently on the page.`,
      );
    if (this.destroyed) throw new IntegrationError('This Element has already been destroyed. Please create a new one.');
    this.unmount();
    const { stripe } = this.elements;
    const query = { key: stripe.key, locale: this.elements.language };
    this.frame = new Frame('/_stand-in/element', query, TITLES[this.elements.language], (event, detail) =>
      this.tell(event, detail),
    );
    this.frame.mount(parent);
    this.frame.ask('set', this.settings()).catch(() => {});
  }

  settings() {
    const { defaultValues, fields, terms } = this.options;
    return { ...PLAIN(this.elements.options), defaultValues, fields, terms };
  }

  tell(event, detail = {}) {
    if (event === 'height') this.frame.node.style.height = `${detail.height}px`;
    if (event === 'change') this.elements.submitted = false;
    if (event === 'height' || !this.heard.has(event)) return;
    const told = event === 'loaderror' ? { error: { type: 'api_error', ...detail } } : detail;
    this.heard.get(event).forEach((hear) => hear({ elementType: 'payment', ...told }));
  }

  on(event, hear) {
    this.heard.set(event, [...(this.heard.get(event) ?? []), hear]);
    return this;
  }

  once(event, hear) {
    const first = (told) => {
      this.off(event, first);
      hear(told);
    };
    return this.on(event, first);
  }

  off(event, hear) {
    this.heard.set(event, hear ? (this.heard.get(event) ?? []).filter((one) => one !== hear) : []);
    return this;
  }

  update(options) {
    Object.assign(this.options, options);
    this.refresh();
  }

  refresh() {
    this.frame?.ask('set', this.settings()).catch(() => {});
  }

  focus() {
    this.frame?.ask('focus').catch(() => {});
  }

  blur() {
    this.frame?.node.blur();
  }

  clear() {
    this.frame?.ask('clear').catch(() => {});
  }

  collapse() {}

  unmount() {
    this.frame?.remove();
    this.frame = null;
  }

  destroy() {
    this.unmount();
    this.destroyed = true;
    this.elements.payment = null;
  }
}

/** A group of elements: here, one Payment Element. */
class Elements {
  constructor(stripe, options) {
    checkOptions(options);
    this.stripe = stripe;
    this.options = options;
    this.language = languageOf(options.locale ?? stripe.options.locale);
    this.payment = null;
    this.submitted = false;
  }

  create(type, options = {}) {
    if (type !== 'payment') throw new IntegrationError(`The stand-in has no element of type ${type}, only "payment".`);
    if (this.payment) throw new IntegrationError('Can only create one Element of type payment.');
    this.payment = new PaymentElement(this, { ...options });
    return this.payment;
  }

  getElement(type) {
    return type === 'payment' ? this.payment : null;
  }

  update(options) {
    const next = { ...this.options, ...options };
    checkOptions(next);
    this.options = next;
    this.payment?.refresh();
  }

  async fetchUpdates() {
    return {};
  }

  async submit() {
    if (!this.payment?.frame) throw new IntegrationError('elements.submit(): the payment Element is not mounted.');
    const answer = await this.payment.frame.ask('submit');
    this.submitted = !answer.error;
    return answer;
  }
}
