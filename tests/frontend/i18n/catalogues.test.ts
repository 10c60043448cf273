import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { typeset } from '@/i18n/i18n';
import { BOARD_STATES, SEAT_STATES } from '@/api/shapes';

const src = join(import.meta.dirname, '../../../frontend/src');
const NAMES = ['common', 'member', 'organiser', 'security', 'money', 'giving', 'advocacy'] as const;

function flat(value: unknown, prefix = ''): Record<string, string> {
  if (typeof value === 'string') return { [prefix]: value };
  return Object.assign(
    {},
    ...Object.entries(value as Record<string, unknown>).map(([key, inner]) =>
      flat(inner, prefix ? `${prefix}.${key}` : key),
    ),
  ) as Record<string, string>;
}
const catalogue = (language: string, name: string) =>
  flat(JSON.parse(readFileSync(join(src, 'i18n', language, `${name}.json`), 'utf8')));

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? sources(join(folder, entry.name))
      : /\.tsx?$/.test(entry.name)
        ? [join(folder, entry.name)]
        : [],
  );
}

describe('catalogues', () => {
  it.each(NAMES)('%s says the same things in both languages', (name) => {
    const fr = catalogue('fr', name);
    const en = catalogue('en', name);
    expect(Object.keys(en).sort()).toEqual(Object.keys(fr).sort());
    for (const [key, text] of Object.entries(fr)) {
      expect(text.trim(), key).not.toBe('');
      // "1 person": the singular may spell its number out.
      if (!key.endsWith('_one')) expect(placeholders(en[key] ?? ''), key).toEqual(placeholders(text));
    }
  });

  it.each(NAMES)('%s spells no number out that French says of none, too', (name) => {
    const fr = catalogue('fr', name);
    const spelt = Object.keys(fr).filter((key) => key.endsWith('_one') && /^1\s/.test(fr[key] ?? ''));
    expect(spelt).toEqual([]);
  });

  it('has every key that the code asks for', () => {
    const known = Object.fromEntries(NAMES.map((name) => [name, Object.keys(catalogue('fr', name))]));
    const missing: string[] = [];
    for (const file of sources(src)) {
      const code = readFileSync(file, 'utf8');
      // A file of two components may read two catalogues; what gets `t` handed over reads the desk's.
      const owns = [...code.matchAll(/useTranslation\('(\w+)'\)/g)].map((match) => match[1] ?? '');
      if (!owns.length) owns.push('organiser');
      for (const [, quoted, template] of code.matchAll(/(?<![\w.])t\(\s*(?:'([^']+)'|`([^`]+)`)/g)) {
        const asked = quoted ?? template ?? '';
        const [name, key] = asked.includes(':') ? asked.split(':', 2) : ['', asked];
        const names = name ? [name] : owns;
        const pattern = new RegExp(
          `^${(key ?? '').replace(/[.]/g, '\\.').replace(/\$\{[^}]+\}/g, '\\w+')}(_one|_other)?$`,
        );
        if (!names.some((one) => known[one]?.some((text) => pattern.test(text))))
          missing.push(`${file.slice(src.length)}: ${asked}`);
      }
    }
    expect(missing).toEqual([]);
  });

  it('has a word for each state', () => {
    const keys = Object.keys(catalogue('fr', 'common'));
    expect(keys).toEqual(expect.arrayContaining(SEAT_STATES.map((state) => `seat.${state}`)));
    expect(keys).toEqual(expect.arrayContaining(BOARD_STATES.map((state) => `board.${state}`)));
  });

  it('sets French as French is set', () => {
    expect(typeset("C'est « ici » : 1 940 € ?", 'fr')).toBe('C’est «\u00a0ici\u00a0»\u00a0: 1\u00a0940\u00a0€\u00a0?');
    expect(typeset("It's here: 5 %", 'en')).toBe('It’s here: 5 %');
  });
});
