import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: { '@': at('src'), '~tests': at('../tests/frontend') },
  },
  server: { fs: { allow: [at('..')] } },
  test: {
    environment: 'jsdom',
    include: [at('../tests/frontend/**/*.test.{ts,tsx}')],
    // The tests' folder holds a link to our packages, which bring tests of their own.
    exclude: ['**/node_modules/**', at('../tests/frontend/node_modules/**')],
    setupFiles: [at('../tests/frontend/setup.ts')],
    restoreMocks: true,
    // All cores: by itself vitest leaves one to the editor of whoever watches.
    maxWorkers: '100%',
    testTimeout: 30_000,
    // One environment a worker, not a file: to make one takes longer than most tests. tests/frontend/setup.ts leaves nothing behind.
    isolate: false,
  },
});
