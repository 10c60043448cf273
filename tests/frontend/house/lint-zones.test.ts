import { join } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const cwd = join(import.meta.dirname, '../../../frontend');
const eslint = new ESLint({ cwd });

async function findings(filePath: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, {
    filePath: join(cwd, filePath),
  });
  return (result?.messages ?? []).map((message) => message.ruleId ?? message.message);
}

describe('the floors, by lint', { timeout: 60_000 }, () => {
  it.each([
    [
      'a feature another feature',
      'src/features/people/x.ts',
      "import { decide } from '@/features/relays/api';\nvoid decide;\n",
    ],
    [
      'an entity a feature',
      'src/entities/person/x.ts',
      "import { decide } from '@/features/relays/api';\nvoid decide;\n",
    ],
    ['ui an entity', 'src/ui/x.ts', "import { initials } from '@/entities/person/initials';\nvoid initials;\n"],
    ['a feature the app', 'src/features/people/x.ts', "import { Start } from '@/app/start';\nvoid Start;\n"],
    ['the map an entity', 'src/map/x.ts', "import { initials } from '@/entities/person/initials';\nvoid initials;\n"],
    ['an island the app', 'src/islands/x.ts', "import { Start } from '@/app/start';\nvoid Start;\n"],
  ])('refuses %s', async (_, file, code) => {
    expect(await findings(file, code)).toContain('import-x/no-restricted-paths');
  });

  it.each([
    [
      'a feature an entity and the ground',
      'src/features/people/x.ts',
      "import { initials } from '@/entities/person/initials';\nimport { fold } from '@/lib/fold';\nvoid [initials, fold];\n",
    ],
    [
      'a route two features',
      'src/app/routes/x.ts',
      "import { decide } from '@/features/relays/api';\nimport { createAction } from '@/features/actions/api';\nvoid [decide, createAction];\n",
    ],
  ])('lets %s through', async (_, file, code) => {
    expect(await findings(file, code)).toEqual([]);
  });

  it('refuses default exports, barrels and names that are not kebab-case', async () => {
    expect(await findings('src/lib/x.ts', 'export default 1;\n')).toContain('import-x/no-default-export');
    expect(await findings('src/lib/x.ts', "export { fold } from './fold';\n")).toContain('no-restricted-syntax');
    expect(await findings('src/lib/x.ts', "export * from './fold';\n")).toContain('no-restricted-syntax');
    expect(await findings('src/lib/bigName.ts', 'export const one = 1;\n')).toContain(
      'check-file/filename-naming-convention',
    );
  });
});
