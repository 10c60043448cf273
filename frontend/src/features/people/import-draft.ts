import type { ImportAsked, ImportConsent, ImportRead } from '@/api/shapes';

export const FIELDS = [
  'given_name',
  'family_name',
  'email',
  'phone',
  'postal_code',
  'commune',
  'commune_code',
  'constituency',
  'language',
  'birth_date',
] as const;
export type ImportField = (typeof FIELDS)[number];

export const SEPARATOR_WORDS = { ';': 'semicolon', ',': 'comma', '\t': 'tab' } as const;

export const KEYS = ['email', 'name_place', 'name_phone'] as const;

export interface Described {
  /** What each column holds, by its place; empty: left out. */
  held: string[];
  consents: ImportConsent[];
  key: (typeof KEYS)[number];
  origin: string;
  has_headings: boolean;
}

/** What is proposed for a file, or was said of it last. */
export function describedOf(read: ImportRead): Described {
  const held = read.headings.map(() => '');
  for (const [field, column] of Object.entries(read.columns)) held[column] = field;
  return {
    held,
    consents: read.consents,
    key: read.key,
    origin: read.origin,
    has_headings: read.has_headings,
  };
}

/** The body that says it. */
export function asked(said: Described): ImportAsked {
  const columns: Record<string, number> = {};
  said.held.forEach((field, column) => {
    if (field) columns[field] = column;
  });
  return {
    columns,
    consents: said.consents,
    key: said.key,
    origin: said.origin,
    has_headings: said.has_headings,
  };
}

/** A column of agreements to begin with: of a wording of ours, by e-mail, its columns the first ones that nothing else holds. */
export function newConsent(read: ImportRead, held: readonly string[]): ImportConsent {
  const free = held.flatMap((field, column) => (field ? [] : [column]));
  const wording = read.wordings[0];
  return {
    purpose: wording?.purpose ?? '',
    channel: 'email',
    wording: wording?.version ?? '',
    text: '',
    column: free[0] ?? 0,
    date_column: free[1] ?? null,
    date: '',
    paper_column: free[2] ?? null,
    paper: '',
  };
}
