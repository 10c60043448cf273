import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: [
      { find: /^@\//, replacement: at('src/') },
      { find: /^~tests\//, replacement: at('../tests/frontend/') },
      // The tests live outside this folder: their packages are ours.
      ...['react/jsx-dev-runtime', 'react/jsx-runtime', 'react-dom', 'react-router', 'react-i18next', 'react', '@testing-library/react', '@testing-library/user-event', '@tanstack/react-query', 'msw/node', 'msw', 'axe-core', 'eslint'].map(
        (name) => ({ find: new RegExp(`^${name}$`), replacement: at(`node_modules/${name}`) }),
      ),
    ],
  },
  server: { fs: { allow: [at('..')] } },
  test: {
    environment: 'jsdom',
    include: [at('../tests/frontend/**/*.test.{ts,tsx}')],
    setupFiles: [at('../tests/frontend/setup.ts')],
    restoreMocks: true,
  },
});
