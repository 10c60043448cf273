import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = join(import.meta.dirname, '../../../frontend/src');
const router = readFileSync(join(src, 'app/router.tsx'), 'utf8');

function file(imported: string, from: string): string | undefined {
  const path = imported.startsWith('@/') ? join(src, imported.slice(2)) : join(dirname(from), imported);
  return [`${path}.tsx`, `${path}.ts`, path].find((candidate) => /\.tsx?$/.test(candidate) && existsSync(candidate));
}

/** The catalogues of a module and of all that comes with it; what is fetched later brings its own. */
function spoken(module: string, seen = new Set<string>()): Set<string> {
  const found = new Set<string>();
  if (seen.has(module)) return found;
  seen.add(module);
  const text = readFileSync(module, 'utf8');
  for (const [, name] of text.matchAll(/useTranslation\('(\w+)'/g)) if (name) found.add(name);
  for (const [, imported] of text.matchAll(/from '((?:@\/|\.{1,2}\/)[^']+)'/g)) {
    const next = imported && file(imported, module);
    if (next) for (const name of spoken(next, seen)) found.add(name);
  }
  return found;
}

interface Screen {
  path: string;
  module: string;
  fetched: Set<string>;
}

/** The screens of the router: those of a shell have the shell's texts, and those that they fetch themselves. */
function screens(): Screen[] {
  const found: Screen[] = [];
  for (const shell of router.split(/\nconst \w+: RouteObject = /).slice(1)) {
    const [head = '', ...parts] = shell.split('children: [');
    const children = parts.join('children: [');
    const ofShell = [...head.matchAll(/loadCatalogue\('(\w+)'\)/g)].map(([, name]) => name ?? '');
    const shellModule = /import\('(\.\/shells\/\w+)'\)/.exec(head)?.[1] ?? '';
    let ofGroup: string[] = [];
    for (const route of [`path: '', ${head}`, ...children.split(/(?=path: ')/).slice(1)]) {
      const module = /import\('(\.\/(?:routes|shells)\/[\w-]+)'\)/.exec(route)?.[1] ?? '';
      const own = [...route.matchAll(/loadCatalogue\('(\w+)'\)/g)].map(([, name]) => name ?? '');
      // A group of routes fetches for those within it.
      if (route.includes('children: [')) ofGroup = own;
      if (!module) continue;
      found.push({
        path: `${shellModule} ${/path: '([^']*)'/.exec(route)?.[1] ?? ''}`,
        module: file(module, join(src, 'app/router.tsx')) ?? '',
        fetched: new Set(['common', ...ofShell, ...ofGroup, ...own]),
      });
      if (/^ {6}\],$/m.test(route)) ofGroup = [];
    }
  }
  return found;
}

describe('each screen fetches the texts that it speaks', () => {
  const all = screens();

  it('reads the whole router', () => {
    expect(all).toHaveLength([...router.matchAll(/import\('\.\/(routes|shells)\//g)].length);
  });

  it.each(all)('$path', ({ module, fetched }) => {
    expect([...spoken(module)].filter((name) => !fetched.has(name))).toEqual([]);
  });
});
