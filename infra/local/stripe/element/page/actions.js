const LOOK_AGAIN = 300;
const BANK = { fr: 'Votre banque (test)', en: 'Your bank (test)' };
const DONE = ['succeeded', 'processing', 'requires_capture'];

/** The bank's page over the page, until the payer has answered there. */
class Bank {
  constructor(url, language) {
    this.before = document.activeElement;
    this.cover = document.createElement('div');
    this.cover.setAttribute('role', 'dialog');
    this.cover.setAttribute('aria-modal', 'true');
    this.cover.setAttribute('aria-label', BANK[language]);
    Object.assign(this.cover.style, {
      position: 'fixed',
      inset: '0',
      zIndex: '2147483647',
      background: 'rgba(15, 19, 27, .6)',
      display: 'grid',
      placeItems: 'center',
      padding: '12px',
      boxSizing: 'border-box',
    });
    this.frame = document.createElement('iframe');
    this.frame.src = url;
    this.frame.title = BANK[language];
    Object.assign(this.frame.style, {
      border: '0',
      borderRadius: '12px',
      background: '#fff',
      width: 'min(28rem, 100%)',
      height: 'min(32rem, 100%)',
    });
    this.cover.append(this.frame);
    this.shut = [...document.body.children].filter((node) => !node.inert);
    this.shut.forEach((node) => (node.inert = true));
    document.body.append(this.cover);
    this.frame.focus();
  }

  close() {
    this.cover.remove();
    this.shut.forEach((node) => (node.inert = false));
    this.before?.focus?.();
  }
}

/** The kind and the identifier that a client secret holds. */
function intentOf(clientSecret) {
  const found = /^((?:pi|seti)_\w+?)_secret_\w+$/.exec(clientSecret ?? '');
  if (!found) throw new IntegrationError('clientSecret should be a client secret of the form ${id}_secret_${secret}.');
  const isPayment = found[1].startsWith('pi_');
  return isPayment
    ? { id: found[1], path: `/v1/payment_intents/${found[1]}`, name: 'paymentIntent', error: 'last_payment_error' }
    : { id: found[1], path: `/v1/setup_intents/${found[1]}`, name: 'setupIntent', error: 'last_setup_error' };
}

/** What `stripe` does with intents. */
const actions = {
  async retrieve(stripe, clientSecret) {
    const intent = intentOf(clientSecret);
    const answer = await stripe.call('GET', intent.path, { client_secret: clientSecret });
    return answer.error ? answer : { [intent.name]: answer.body };
  },

  async next(stripe, clientSecret) {
    const intent = intentOf(clientSecret);
    let seen = await actions.retrieve(stripe, clientSecret);
    const action = seen[intent.name]?.next_action;
    const url = action?.use_stripe_sdk?.stripe_js ?? action?.redirect_to_url?.url;
    if (seen.error || seen[intent.name].status !== 'requires_action' || !url) return actions.told(seen, intent);
    if (action.type === 'redirect_to_url') {
      window.location.assign(url);
      return new Promise(() => {});
    }
    if (new URL(url).origin !== ORIGIN) throw new IntegrationError('The bank is not of the stand-in.');
    const bank = new Bank(url, languageOf(stripe.options.locale));
    try {
      while (!seen.error && seen[intent.name].status === 'requires_action') {
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
        seen = await actions.retrieve(stripe, clientSecret);
      }
    } finally {
      bank.close();
    }
    return actions.told(seen, intent);
  },

  told(seen, intent) {
    const body = seen[intent.name];
    const failed = body && !DONE.includes(body.status) && body[intent.error];
    return failed
      ? {
          error: { ...body[intent.error], [intent.name === 'paymentIntent' ? 'payment_intent' : 'setup_intent']: body },
        }
      : seen;
  },

  async token(stripe, { elements, params = {} }) {
    if (!elements?.payment?.frame)
      throw new IntegrationError('createConfirmationToken(): elements with a mounted payment Element are needed.');
    if (!elements.submitted)
      throw new IntegrationError('elements.submit() must be called before stripe.createConfirmationToken().');
    const { setupFutureUsage } = elements.options;
    const answer = await elements.payment.frame.ask('token', { params, setupFutureUsage });
    return answer.error ? answer : { confirmationToken: answer.body };
  },

  async confirm(stripe, { elements, clientSecret, confirmParams = {}, redirect = 'always' }) {
    const intent = intentOf(clientSecret);
    if (redirect === 'always' && !confirmParams.return_url)
      throw new IntegrationError('confirmParams.return_url is required.');
    const asked = { client_secret: clientSecret, use_stripe_sdk: 'true' };
    if (confirmParams.return_url) asked.return_url = confirmParams.return_url;
    if (confirmParams.confirmation_token) asked.confirmation_token = confirmParams.confirmation_token;
    else {
      const token = await actions.token(stripe, { elements, params: confirmParams });
      if (token.error) return token;
      asked.confirmation_token = token.confirmationToken.id;
    }
    const answer = await stripe.call('POST', `${intent.path}/confirm`, asked);
    if (answer.error) return answer;
    const seen = await actions.next(stripe, clientSecret);
    if (seen.error || redirect !== 'always') return seen;
    const back = new URL(confirmParams.return_url);
    const kind = intent.name === 'paymentIntent' ? 'payment_intent' : 'setup_intent';
    back.searchParams.set(kind, intent.id);
    back.searchParams.set(`${kind}_client_secret`, clientSecret);
    back.searchParams.set('redirect_status', 'succeeded');
    window.location.assign(back);
    return new Promise(() => {});
  },
};
