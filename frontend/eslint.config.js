import js from '@eslint/js';
import checkFile from 'eslint-plugin-check-file';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import hooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript-eslint';

const root = fileURLToPath(new URL('.', import.meta.url));
const src = (...rooms) => rooms.map((room) => `./src/${room}`);

/** The floors, top first: a room imports from lower floors only, and rooms of one floor are strangers. */
const floors = [['app', 'islands'], ['features'], ['entities', 'map'], ['ui', 'api', 'i18n', 'lib']];
const zones = floors.flatMap((floor, index) =>
  floor.map((room) => ({
    target: `./src/${room}`,
    from: [...src(...floors.slice(0, index).flat()), ...src(...floor.filter((other) => other !== room && index < 3))],
    message: `${room} may import lower floors only: (app, islands) > features > (entities, map) > (ui, api, i18n, lib).`,
  })),
);
const features = readdirSync(`${root}src/features`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
for (const name of features) {
  zones.push({
    target: `./src/features/${name}`,
    from: './src/features',
    except: [`./${name}`],
    message: 'Features never import each other: a route in app/routes lays two side by side.',
  });
}

export default ts.config(
  { ignores: ['dist', 'src/api/schema.d.ts'] },
  js.configs.recommended,
  ...ts.configs.strict,
  {
    files: ['src/**/*.{ts,tsx}', '**/tests/frontend/**/*.{ts,tsx}', '*.ts'],
    languageOptions: { globals: globals.browser },
    plugins: { 'import-x': importX, 'react-hooks': hooks, 'check-file': checkFile },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ project: `${root}tsconfig.json` })] },
    rules: {
      ...hooks.configs['recommended-latest'].rules,
      'import-x/no-restricted-paths': ['error', { basePath: root, zones }],
      'import-x/no-cycle': 'error',
      'import-x/no-duplicates': 'error',
      'check-file/filename-naming-convention': [
        'error',
        { '**/*.{ts,tsx}': 'KEBAB_CASE' },
        { ignoreMiddleExtensions: true },
      ],
      'check-file/folder-naming-convention': ['error', { '**/src/**/': 'KEBAB_CASE' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that defines it.' },
        { selector: 'ExportNamedDeclaration[source]', message: 'No barrels: import from the file that defines it.' },
      ],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    rules: { 'import-x/no-default-export': 'error' },
  },
  { files: ['scripts/**', '*.js'], languageOptions: { globals: globals.node } },
);
