import type { FundChoice, FundFigures } from '@/api/shapes';
import type { components } from '@/api/schema';

type Schemas = components['schemas'];

export const fundChoice: FundChoice = {
  code: 'party',
  name: 'Common Shore',
  currency: 'eur',
  recipient: null,
  reads: 'all',
};

const curve: FundFigures['donations'] = {
  number: 13_426,
  cents: 33_711_900,
  mean: 2_511,
  median: 2_000,
  small_number: 12_600,
  small_cents: 26_300_900,
  points: [
    [0, 0],
    [0.94, 0.78],
    [1, 1],
  ],
  tiers: [
    { least: 0, below: 1_500, number: 5_200, cents: 4_586_700, share: 0.14, is_small: true },
    { least: 1_500, below: null, number: 8_226, cents: 29_125_200, share: 0.86, is_small: false },
  ],
  title: 'Nearly 8 euros in 10 come from donations under €50.',
  said: '94 donations in 100 are under €50.',
};

export const figures: FundFigures = {
  code: 'party',
  name: 'Common Shore',
  currency: 'eur',
  period: '2026-11',
  periods: ['2026-11', '2026', 'all'],
  today: '2026-11-22',
  goal: 40_000_000,
  goal_from: '2026-09-01',
  goal_on: '2026-12-02',
  goal_cents: 12_300_000,
  small_under: 5_000,
  passes_bar: true,
  bar_said: 'The bar is passed.',
  people: 11_208,
  new_people: 6_837,
  new_said: '61% give for the first time.',
  monthly_number: 1_214,
  monthly_cents: 1_894_000,
  donations: curve,
  givers: { ...curve, title: 'The tenth of people who gave most bring 40% of the money.' },
  first_day: '2026-11-01',
  last_day: '2026-11-22',
  days: [
    { day: '2026-11-10', donations: 1_000, cents: 3_069_700, back: 0 },
    { day: '2026-11-22', donations: 300, cents: 828_300, back: 5_000 },
  ],
  days_title: 'On Tuesday 10 November came as much as on 3 ordinary days.',
  outstanding: '2026-11-10',
  months: [{ month: '2026-11', new: 6_837, new_cents: 15_000_000, again: 4_371, again_cents: 18_711_900 }],
};

export const placeTotals: Schemas['PlaceTotalsOut'] = {
  items: [
    {
      id: 'a1',
      code: '3803',
      name: 'Isère 3e',
      kind: 'constituency',
      is_constituency: true,
      people: 121,
      donations: 148,
      cents: 410_600,
      per_thousand: 3_500,
      small: 120,
    },
    {
      id: 'a2',
      code: '2603',
      name: 'Drôme 3e',
      kind: 'constituency',
      is_constituency: true,
      people: 61,
      donations: 68,
      cents: 128_400,
      per_thousand: 1_000,
      small: 63,
    },
    {
      id: 'a3',
      code: '38185',
      name: 'Grenoble',
      kind: 'commune',
      is_constituency: false,
      people: 9,
      donations: 9,
      cents: 21_000,
      per_thousand: 100,
      small: 9,
    },
  ],
  unplaced_donations: 3,
  unplaced_cents: 6_000,
};

export const cohorts: Schemas['RegularOut'] = {
  number: 1_214,
  cents: 1_894_000,
  title: 'Of 100 who gave the month before, 94 went on in October 2026.',
  said: 'In December 2026, between €17,000 and €18,500 come from who gives now, in 8 months of 10.',
  method: 'What is promised, less what usually stops.',
  months: [{ month: '2026-10', paid: 1_100, cents: 1_700_000, began: 60, churn: 0.06 }],
  cohorts: [{ began: '2026-09', number: 100, paid: [100, 94] }],
  foretold: [{ month: '2026-12', cents: 1_780_000, low: 1_700_000, high: 1_850_000 }],
};

export const told: Schemas['MonthToldOut'] = {
  code: 'party',
  name: 'Common Shore',
  currency: 'eur',
  month: '2026-10',
  months: [
    { month: '2026-10', people: 15, donations: 16, cents: 30_000 },
    { month: '2026-09', people: null, donations: null, cents: null },
  ],
  curve: {
    number: 16,
    cents: 30_000,
    small_number: 11,
    small_cents: 12_000,
    points: [
      [0, 0],
      [0.69, 0.4],
      [1, 1],
    ],
    tiers: [
      { least: 0, below: 5_000, number: 11, cents: 12_000, share: 0.4, is_small: true },
      { least: 5_000, below: null, number: 5, cents: 18_000, share: 0.6, is_small: false },
    ],
    title: '4 euros in 10 come from donations under €50.',
    said: 'More than half of the sum comes from donations of €50 and more.',
  },
  people: 15,
  donations: 16,
  cents: 30_000,
  items: [
    {
      id: 'a0',
      code: '26',
      name: 'Drôme',
      kind: 'department',
      is_constituency: false,
      people: 8,
      donations: 9,
      cents: 16_000,
      per_thousand: null,
      small: null,
    },
    {
      id: 'a2',
      code: '2603',
      name: 'Drôme 3e',
      kind: 'constituency',
      is_constituency: true,
      people: null,
      donations: null,
      cents: null,
      per_thousand: null,
      small: null,
    },
  ],
};
