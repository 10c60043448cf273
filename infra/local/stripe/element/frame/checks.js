/** What is checked of what was typed: nothing for a field that is right, else the code of what is wrong. */

const digits = (text) => text.replace(/\D/g, '');

function hasLuhn(number) {
  const sum = [...number].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (1 + (place % 2));
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

export const lengthOf = (number) => (/^3[47]/.test(digits(number)) ? 15 : 16);

function isIban(text) {
  const moved = text.slice(4) + text.slice(0, 4);
  const number = [...moved].map((letter) => parseInt(letter, 36)).join('');
  return [...number].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}

export const checks = {
  number(text) {
    const number = digits(text);
    if (number.length < lengthOf(number)) return 'incomplete_number';
    return hasLuhn(number) ? '' : 'invalid_number';
  },
  expiry(text) {
    const [month, year] = [Number(digits(text).slice(0, 2)), 2000 + Number(digits(text).slice(2, 4))];
    if (digits(text).length < 4 || month < 1 || month > 12) return 'incomplete_expiry';
    const now = new Date();
    return year * 12 + month < now.getFullYear() * 12 + now.getMonth() + 1 ? 'invalid_expiry_year_past' : '';
  },
  cvc(text, number) {
    return digits(text).length === (lengthOf(number) === 15 ? 4 : 3) ? '' : 'incomplete_cvc';
  },
  iban(text) {
    const iban = text.replace(/\s/g, '').toUpperCase();
    if (iban.length < 15) return 'incomplete_iban';
    return /^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(iban) && isIban(iban) ? '' : 'invalid_iban';
  },
  name: (text) => (text.trim() ? '' : 'incomplete_name'),
  email: (text) => (/^\S+@\S+\.\S+$/.test(text.trim()) ? '' : 'incomplete_email'),
};

/** How a field writes what is typed into it. */
export const written = {
  number: (text) =>
    digits(text)
      .slice(0, lengthOf(text))
      .replace(/(.{4})(?=.)/g, '$1 '),
  expiry: (text) =>
    digits(text)
      .slice(0, 4)
      .replace(/^(\d\d)(?=\d)/, '$1 / '),
  cvc: (text) => digits(text).slice(0, 4),
  iban: (text) =>
    text
      .replace(/\s/g, '')
      .toUpperCase()
      .slice(0, 34)
      .replace(/(.{4})(?=.)/g, '$1 '),
};
