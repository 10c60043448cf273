import { answerWith, call, tell } from './calls.js';
import { checks, written } from './checks.js';

const texts = JSON.parse(document.getElementById('texts').textContent);
const FIELDS = { card: ['number', 'expiry', 'cvc'], sepa_debit: ['iban', 'name', 'email'], wallet: [] };
const TEST = {
  card: { number: '4000 0025 0000 0003', expiry: '12 / 39', cvc: '123' },
  sepa_debit: { iban: 'FR14 2004 1010 0505 0001 3M02 606', name: 'Camille Test', email: 'camille@example.org' },
};
// A wallet holds a card that its owner chose long ago.
const IN_WALLET = { number: '4000002500000003', exp_month: '12', exp_year: '39', cvc: '123', wallet: 'google_pay' };
const COLOURS = [
  'colorPrimary',
  'colorBackground',
  'colorText',
  'colorTextSecondary',
  'colorDanger',
  'borderRadius',
  'fontFamily',
  'fontSizeBase',
];

const field = (name) => document.getElementById(name);
const tabs = [...document.querySelectorAll('[role=tab]')];
let settings = { mode: 'payment' };
let chosen = 'card';

function isAsked(name) {
  const { billingDetails } = settings.fields ?? {};
  const isHidden = billingDetails === 'never' || billingDetails?.[name] === 'never';
  return !(['name', 'email'].includes(name) && isHidden);
}

const fieldsOf = (type) => FIELDS[type].filter(isAsked);
const wrongIn = (name) => checks[name](field(name).value, field('number').value);

function show(name, code) {
  const place = field(`${name}-error`);
  place.textContent = code ? texts[code] : '';
  field(name).setAttribute('aria-invalid', code ? 'true' : 'false');
}

function typeOf() {
  return chosen === 'wallet' ? 'google_pay' : chosen;
}

function told() {
  const names = fieldsOf(chosen);
  const complete = names.every((name) => !wrongIn(name));
  const empty = names.length > 0 && names.every((name) => !field(name).value);
  tell('change', { collapsed: false, complete, empty, value: { type: typeOf() } });
}

function choose(type, { focus = false } = {}) {
  chosen = type;
  tabs.forEach((tab) => {
    const isChosen = tab.dataset.type === type;
    tab.setAttribute('aria-selected', String(isChosen));
    tab.tabIndex = isChosen ? 0 : -1;
    field(`panel-${tab.dataset.type}`).hidden = !isChosen;
    if (isChosen && focus) tab.focus();
  });
}

function offered() {
  const types = settings.allowedPaymentMethodTypes;
  const isEuro = !settings.currency || settings.currency === 'eur';
  return tabs.filter(({ dataset: { type } }) => {
    if (type === 'sepa_debit')
      return isEuro && settings.captureMethod !== 'manual' && (!types || types.includes('sepa_debit'));
    return !types || types.includes('card');
  });
}

function set(next) {
  settings = next;
  const shown = offered();
  tabs.forEach((tab) => (tab.hidden = !shown.includes(tab)));
  if (!shown.some((tab) => tab.dataset.type === chosen)) choose(shown[0].dataset.type);
  ['name', 'email'].forEach((name) => {
    field(name).closest('.field').hidden = !isAsked(name);
    const value = settings.defaultValues?.billingDetails?.[name];
    if (value && !field(name).value) field(name).value = value;
  });
  field('mandate').hidden = settings.terms?.sepaDebit === 'never';
  const { theme, variables = {} } = settings.appearance ?? {};
  document.documentElement.dataset.theme = theme ?? 'stripe';
  COLOURS.forEach(
    (name) => variables[name] && document.documentElement.style.setProperty(`--${name}`, variables[name]),
  );
  return {};
}

function submit() {
  const wrong = fieldsOf(chosen).map((name) => [name, wrongIn(name)]);
  wrong.forEach(([name, code]) => show(name, code));
  const first = wrong.find(([, code]) => code);
  if (!first) return { selectedPaymentMethod: typeOf() };
  field(first[0]).focus();
  return { error: { type: 'validation_error', code: first[1], message: texts[first[1]] } };
}

function collected() {
  if (chosen === 'wallet') return { type: 'card', card: IN_WALLET };
  if (chosen === 'sepa_debit') {
    const billing_details = Object.fromEntries(
      ['name', 'email'].filter(isAsked).map((name) => [name, field(name).value.trim()]),
    );
    return { type: 'sepa_debit', sepa_debit: { iban: field('iban').value }, billing_details };
  }
  const [exp_month, exp_year] = field('expiry').value.split(' / ');
  return { type: 'card', card: { number: field('number').value, exp_month, exp_year, cvc: field('cvc').value } };
}

async function token({ params, setupFutureUsage }) {
  const method = collected();
  const given = params.payment_method_data ?? {};
  const asked = {
    payment_method_data: {
      ...method,
      ...given,
      billing_details: { ...method.billing_details, ...given.billing_details },
    },
    return_url: params.return_url,
    allowed_payment_method_types: settings.allowedPaymentMethodTypes,
    setup_future_usage: settings.mode === 'setup' ? 'off_session' : setupFutureUsage,
  };
  const answer = await call({ method: 'POST', path: '/v1/confirmation_tokens', asked });
  const wrong = { incorrect_number: 'number', invalid_cvc: 'cvc', invalid_bank_account_iban: 'iban' }[
    answer.error?.code
  ];
  if (wrong) show(wrong, `invalid_${wrong}`);
  return answer;
}

function clear() {
  Object.values(FIELDS)
    .flat()
    .forEach((name) => {
      field(name).value = '';
      show(name, '');
    });
  return {};
}

Object.values(FIELDS)
  .flat()
  .forEach((name) => {
    field(name).addEventListener('input', () => {
      const write = written[name];
      const atEnd = field(name).selectionStart === field(name).value.length;
      if (write && atEnd) field(name).value = write(field(name).value);
      show(name, '');
      told();
    });
    field(name).addEventListener('blur', () => field(name).value && show(name, wrongIn(name)));
  });
tabs.forEach((tab) => tab.addEventListener('click', () => (choose(tab.dataset.type), told())));
document.querySelector('[role=tablist]').addEventListener('keydown', ({ key }) => {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key];
  if (!step) return;
  const shown = offered();
  const at = shown.findIndex((tab) => tab.dataset.type === chosen);
  choose(shown[(at + step + shown.length) % shown.length].dataset.type, { focus: true });
  told();
});
document.querySelectorAll('[data-fill]').forEach((button) =>
  button.addEventListener('click', () => {
    Object.entries(TEST[button.dataset.fill]).forEach(([name, value]) => {
      field(name).value = value;
      show(name, '');
    });
    told();
  }),
);
window.addEventListener('focus', () => tell('focus'));
window.addEventListener('blur', () => tell('blur'));
window.addEventListener('keydown', ({ key }) => key === 'Escape' && tell('escape'));
new ResizeObserver(() =>
  tell('height', { height: Math.ceil(document.documentElement.getBoundingClientRect().height) }),
).observe(document.documentElement);

let isReady = false;
answerWith({
  set(next) {
    set(next);
    if (!isReady) {
      isReady = true;
      tell('ready');
    }
    return {};
  },
  submit,
  token,
  clear,
  focus() {
    const names = fieldsOf(chosen);
    (names.length ? field(names[0]) : tabs.find((tab) => !tab.hidden)).focus();
    return {};
  },
});
