const KEY = /^pk_test_standin_[a-z0-9][a-z0-9_-]{0,59}$/;
const LIVE = {
  fr: 'Une clé réelle a été montrée à la doublure de Stripe, qui ne sert qu’aux tests : rien ne peut être payé ici.',
  en: 'A live key was shown to the stand-in for Stripe, which serves tests only: nothing can be paid here.',
};
const NOT_HERE = [
  'createToken',
  'createSource',
  'createPaymentMethod',
  'confirmCardPayment',
  'confirmCardSetup',
  'paymentRequest',
];

/** Say on the screen and in the console that a key is none of the stand-in's. */
function refuse(key, language) {
  const said = key.startsWith('pk_live_')
    ? LIVE[language]
    : `The stand-in for Stripe takes pk_test_standin_… keys only, not ${key.slice(0, 8)}…`;
  const notice = document.createElement('p');
  notice.setAttribute('role', 'alert');
  notice.textContent = said;
  Object.assign(notice.style, {
    background: '#8a1c1c',
    color: '#fff',
    margin: '0',
    padding: '12px',
    font: '16px/1.5 sans-serif',
  });
  document.body.prepend(notice);
  console.error(said);
  throw new IntegrationError(said);
}

/** What `window.Stripe(key)` gives: the part of Stripe.js that the product uses, with its names and its answers. */
class StandIn {
  constructor(key, options) {
    this.key = key;
    this.options = options;
    this.controller = null;
    NOT_HERE.forEach((name) => {
      this[name] = () => Promise.reject(new IntegrationError(`The stand-in for Stripe has no ${name}().`));
    });
  }

  elements(options) {
    return new Elements(this, { ...options });
  }

  createConfirmationToken(options) {
    return actions.token(this, options);
  }

  handleNextAction({ clientSecret }) {
    return actions.next(this, clientSecret);
  }

  retrievePaymentIntent(clientSecret) {
    return actions.retrieve(this, clientSecret);
  }

  retrieveSetupIntent(clientSecret) {
    return actions.retrieve(this, clientSecret);
  }

  confirmPayment(options) {
    return actions.confirm(this, options);
  }

  confirmSetup(options) {
    return actions.confirm(this, options);
  }

  registerAppInfo() {}

  _registerWrapper() {}

  /** Ask the API from a frame of its own origin, as the real script does. */
  async call(method, path, asked) {
    if (!this.controller) {
      this.controller = new Frame(
        '/_stand-in/controller',
        { key: this.key, locale: languageOf(this.options.locale) },
        'Stripe',
        () => {},
      );
      this.controller.node.setAttribute('aria-hidden', 'true');
      this.controller.node.tabIndex = -1;
      Object.assign(this.controller.node.style, {
        position: 'absolute',
        width: '1px',
        height: '1px',
        opacity: '0',
        pointerEvents: 'none',
      });
      this.controller.mount(document.body);
    }
    return this.controller.ask('call', { method, path, asked });
  }
}

window.Stripe = (key, options = {}) => {
  if (typeof key !== 'string' || !key)
    throw new IntegrationError('Missing value for Stripe(): apiKey should be a string.');
  if (!KEY.test(key)) refuse(key, languageOf(options.locale));
  return new StandIn(key, options);
};
window.Stripe.version = 'stand-in';
console.info('A stand-in for Stripe is at work: a test, no real money.');
