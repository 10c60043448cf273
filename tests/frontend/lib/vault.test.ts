import { expect, it } from 'vitest';
import { vault } from '@/lib/vault';

it('opens what was locked first when two things were written at once on a new device', async () => {
  await vault.clear();
  await Promise.all([vault.put('a', { words: 'first' }), vault.put('b', { words: 'second' })]);
  expect(await vault.get('a')).toEqual({ words: 'first' });
  expect(await vault.get('b')).toEqual({ words: 'second' });
});

it('keeps the last of many writings, in the order in which they were typed', async () => {
  const sentence = 'Half a sentence';
  for (let length = 1; length <= sentence.length; length++) void vault.put('draft', sentence.slice(0, length));
  expect(await vault.get('draft')).toBe(sentence);
});

const cookies = () => document.cookie;

it('is named to the server from the first signed-in visit on, and never before', async () => {
  await vault.clear();
  await vault.tellName({ isSignedIn: false });
  expect(cookies()).not.toContain('maillage_vault=');
  await vault.tellName({ isSignedIn: true });
  const [, name] = /maillage_vault=([0-9a-f]{64})/.exec(cookies()) ?? [];
  expect(name).toBeDefined();
  document.cookie = 'maillage_vault=; path=/; max-age=0';
  await vault.tellName({ isSignedIn: false });
  expect(cookies()).toContain(`maillage_vault=${name}`);
  await vault.clear();
  expect(cookies()).not.toContain('maillage_vault=');
  await vault.tellName({ isSignedIn: true });
  expect(cookies()).not.toContain(`maillage_vault=${name}`);
});

it('forgets all or nothing: a browser that dies while wiping has either all of it or none', async () => {
  await vault.put('draft:1', 'words');
  const real = IDBObjectStore.prototype.clear;
  let calls = 0;
  IDBObjectStore.prototype.clear = function (this: IDBObjectStore) {
    calls += 1;
    if (calls === 2) this.transaction.abort(); // the second half never came
    return real.call(this);
  };
  await expect(vault.clear()).rejects.toThrow();
  IDBObjectStore.prototype.clear = real;
  expect(await vault.get('draft:1')).toBe('words');
  await vault.clear();
  expect(await vault.names('')).toEqual([]);
});
