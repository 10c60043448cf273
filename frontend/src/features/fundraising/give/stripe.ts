/** The part of Stripe.js that is used here, as its reference describes it. */
export interface StripeError {
  message?: string;
  code?: string;
}

export interface Elements {
  create(kind: 'payment', options: object): PaymentFields;
  update(options: object): void;
  submit(): Promise<{ error?: StripeError }>;
}

export interface PaymentFields {
  mount(into: HTMLElement): void;
  on(event: 'ready' | 'change' | 'loaderror', tell: (event: { value?: { type: string } }) => void): void;
}

export interface Stripe {
  elements(options: object): Elements;
  createConfirmationToken(asked: {
    elements: Elements;
    params: object;
  }): Promise<{ confirmationToken?: { id: string }; error?: StripeError }>;
  handleNextAction(asked: { clientSecret: string }): Promise<{ error?: StripeError }>;
}

declare global {
  interface Window {
    Stripe?: (key: string, options: { locale: string }) => Stripe;
  }
}

const PATIENCE_MS = 20_000;

/** Load the provider's own script, from where it asks to be loaded; rejects when it does not come. */
export function loadStripe(address: string, key: string, locale: string): Promise<Stripe> {
  return new Promise((resolve, reject) => {
    const made = () => window.Stripe && resolve(window.Stripe(key, { locale }));
    if (made() !== undefined) return;
    const script = document.createElement('script');
    const fail = () => {
      script.remove();
      reject(new Error('the script of the payment provider did not load'));
    };
    const waiting = setTimeout(fail, PATIENCE_MS);
    script.addEventListener('load', () => {
      clearTimeout(waiting);
      if (window.Stripe) made();
      else fail();
    });
    script.addEventListener('error', () => {
      clearTimeout(waiting);
      fail();
    });
    script.src = address;
    document.head.append(script);
  });
}

/** Dress the provider's fields in our tokens, as the reader's system has them now: light or dark. */
export function appearance(beside: HTMLElement): object {
  const probe = document.createElement('i');
  beside.append(probe);
  const colour = (role: string) => {
    probe.style.color = `var(--${role})`;
    return getComputedStyle(probe).color;
  };
  const edge = `1px solid ${colour('line-strong')}`;
  const dressed = {
    theme: 'flat',
    labels: 'above',
    variables: {
      fontFamily: 'system-ui, sans-serif',
      fontSizeBase: '16px',
      borderRadius: '4px',
      spacingUnit: '4px',
      colorPrimary: colour('primary'),
      colorBackground: colour('surface'),
      colorText: colour('text'),
      colorTextSecondary: colour('text-2'),
      colorTextPlaceholder: colour('text-3'),
      colorDanger: colour('bad'),
      focusOutline: `3px solid ${colour('focus')}`,
      focusBoxShadow: 'none',
    },
    rules: {
      '.Input': { border: edge, padding: '11px 13px' },
      '.Input--invalid': { border: `1px solid ${colour('bad')}` },
      '.Label': { fontWeight: '550', color: colour('text') },
      '.Tab': { border: edge, color: colour('text') },
      '.Tab--selected': {
        border: `1px solid ${colour('text')}`,
        boxShadow: `inset 0 0 0 1px ${colour('text')}`,
        color: colour('text'),
      },
    },
  };
  probe.remove();
  return dressed;
}
