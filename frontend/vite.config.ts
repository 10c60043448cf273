import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Each file directly under src/islands is one entry of the server's public pages. */
const islands = readdirSync(at('src/islands'))
  .filter((name) => name.endsWith('.tsx'))
  .map((name) => `src/islands/${name}`);

export default defineConfig({
  base: '/static/',
  plugins: [react()],
  resolve: { alias: { '@': at('src') } },
  build: {
    outDir: 'dist',
    manifest: true,
    target: 'es2022',
    // Older browsers get light-dark() unfolded into two custom properties.
    cssTarget: ['chrome100', 'firefox100', 'safari15.4'],
    // The manifest names every font, so that a template can preload the one it needs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rollupOptions: {
      input: ['src/main.tsx', 'src/public.css', 'src/give.css', 'src/accounts.css', ...islands].map(at),
    },
  },
  server: { port: 5173, strictPort: true, origin: 'http://127.0.0.1:5173' },
});
