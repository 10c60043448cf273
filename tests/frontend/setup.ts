import '@testing-library/jest-dom/vitest';
import 'fake-indexeddb/auto';
import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { loadCatalogue, startI18n } from '@/i18n/i18n';
import { sessionEnd } from '@/api/session';
import { vaultOrder } from '@/api/vault-order';
import { vault } from '@/lib/vault';
import { server } from './server';

// A screen is fetched when someone goes there: a busy machine takes its time.
configure({ asyncUtilTimeout: 15_000 });

beforeAll(async () => {
  server.listen({ onUnhandledRequest: 'error' });
  document.documentElement.lang = 'en';
  await startI18n('en');
  await loadCatalogue('member');
  await loadCatalogue('organiser');
  await loadCatalogue('money');
  await loadCatalogue('giving');
  await loadCatalogue('advocacy');
});

// jsdom lays nothing out: nothing ever changes its size.
globalThis.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

// What React and the router complain about is a mistake of ours.
const warnings: unknown[][] = [];
beforeEach(() => {
  warnings.length = 0;
  console.error = (...words: unknown[]) => warnings.push(words);
  console.warn = (...words: unknown[]) => warnings.push(words);
});

afterEach(async () => {
  cleanup();
  server.resetHandlers();
  sessionEnd.set(false);
  vaultOrder.set(false);
  await vault.clear();
  expect(warnings).toEqual([]);
});

afterAll(() => {
  // The next file has the same document: what a test of a page without React put there goes with its file.
  document.body.replaceChildren();
  server.close();
});
