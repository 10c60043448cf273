import { beforeEach, describe, expect, it } from 'vitest';
import { costAfterTax, money, typedAmount } from '@/features/fundraising/give/money';

describe('an amount as people type it', () => {
  it.each([
    ['fr', '12,50', 1250],
    ['fr', '12.50', 1250],
    ['fr', '12,5', 1250],
    ['fr', '1 000', 100_000],
    ['fr', '1\u202f000,05 €', 100_005],
    ['fr', '1\u00a0234\u00a0567', 123_456_700],
    ['fr', '1.000,50', 100_050],
    ['fr', '50 euros', 5000],
    ['fr', '0,10', 10],
    ['fr', ',5', 50],
    ['fr', '0050', 5000],
    ['en', '€12.50', 1250],
    ['en', '1,000', 100_000],
    ['en', '1,000.05', 100_005],
    ['en', '12,50', 1250],
    ['en', '1,234,567', 123_456_700],
    ['en', "1'000", 100_000],
    // 4.35 × 100 is 434.99999999999994: cents are never reckoned with fractions.
    ['en', '4.35', 435],
    ['en', '1.15', 115],
  ])('in %s, %j is exact', (language, text, cents) => {
    expect(typedAmount(text, language)).toEqual({ cents });
  });

  it.each([
    ['fr', '', 'no_number'],
    ['fr', 'cinquante', 'no_number'],
    ['fr', '5 + 5', 'no_number'],
    ['fr', '1e3', 'no_number'],
    ['fr', '12,50,00', 'no_number'],
    ['fr', '1,000,00', 'no_number'],
    ['fr', ',', 'no_number'],
    ['fr', '-50', 'not_positive'],
    ['fr', '−50', 'not_positive'],
    ['fr', '0', 'not_positive'],
    ['fr', '0,00', 'not_positive'],
    ['fr', '12,505', 'cents'],
    ['fr', '1.000', 'cents'],
    ['fr', '1,000', 'cents'],
    ['en', '1.000', 'cents'],
    ['en', '9999999999', 'huge'],
  ])('in %s, %j is refused as %s', (language, text, wrong) => {
    expect(typedAmount(text, language)).toEqual({ wrong });
  });
});

describe('an amount as it is said', () => {
  beforeEach(() => {
    document.documentElement.lang = 'en';
    return () => {
      document.documentElement.lang = 'en';
    };
  });

  it('has cents only where there are some', () => {
    expect(money(5000, 'eur')).toBe('€50');
    expect(money(1250, 'eur')).toBe('€12.50');
    document.documentElement.lang = 'fr';
    expect(money(750_000, 'eur').replace(/\s/g, ' ')).toBe('7 500 €');
  });
});

describe('what is left to bear after tax', () => {
  const party = { bands: [[66, null]] as [number, number | null][], household: 1_500_000 };

  it.each([
    [5000, 1700],
    [1000, 340],
    [1250, 425],
    // 66 % of 5 cents are 3.3: half up, 3.
    [5, 2],
    [2_000_000, 2_000_000 - 990_000],
  ])('of %i cents, %i', (amount, cost) => {
    expect(costAfterTax(amount, party)).toBe(cost);
  });

  it('follows the bands of a body that cares for people in difficulty', () => {
    const cares = {
      bands: [
        [75, 200_000],
        [66, null],
      ] as [number, number | null][],
      household: null,
    };
    expect(costAfterTax(100_000, cares)).toBe(25_000);
    expect(costAfterTax(300_000, cares)).toBe(300_000 - 150_000 - 66_000);
  });
});
