import { describe, expect, it, vi } from 'vitest';
import { kept } from '@/api/kept';
import { Problem } from '@/api/problem';
import { vault } from '@/lib/vault';

const later = new Date(Date.now() + 3_600_000).toISOString();
const lost = () => Promise.reject(new Problem(0, { code: 'network' }));
const refused = (status: number) => () => Promise.reject(new Problem(status, { code: 'gone' }));

describe('what is kept on the way', () => {
  it('is read where the network is lost or the server broken, and never where the server refuses', async () => {
    await kept.only([{ name: 'one', data: { words: 'Ask it.' } }], later);
    expect(await kept.or('one', lost)).toEqual({ words: 'Ask it.' });
    expect(await kept.or('one', refused(502))).toEqual({ words: 'Ask it.' });
    await expect(kept.or('one', refused(404))).rejects.toMatchObject({ status: 404 });
    await expect(kept.or('two', lost)).rejects.toMatchObject({ code: 'network' });
    expect(await kept.or('one', () => Promise.resolve({ words: 'Anew.' }))).toEqual({ words: 'Anew.' });
  });

  it('is read where the network says nothing for too long', async () => {
    await kept.only([{ name: 'slow', data: 'known' }], later);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const said = kept.or('slow', () => new Promise<string>(() => undefined));
      vi.advanceTimersByTime(8_000);
      vi.useRealTimers();
      expect(await said).toBe('known');
    } finally {
      vi.useRealTimers();
    }
  });

  it('ends with its day', async () => {
    await kept.only([{ name: 'one', data: 'known' }], new Date(Date.now() - 1).toISOString());
    await expect(kept.or('one', lost)).rejects.toMatchObject({ code: 'network' });
    expect(await vault.names('kept:')).toEqual([]);
  });

  it('is not read by another build of the application', async () => {
    await kept.only([{ name: 'built', data: 'known' }], later);
    const script = document.createElement('script');
    Object.assign(script, { type: 'module', src: '/static/assets/main-newer.js' });
    document.head.append(script);
    await expect(kept.or('built', lost)).rejects.toMatchObject({ code: 'network' });
    script.remove();
  });

  it('holds only what was last named, leaves what is not known yet, and is not made younger by being read', async () => {
    await kept.only(
      ['first', 'two', 'three'].map((name) => ({ name, data: name })),
      later,
    );
    await kept.or('first', lost);
    const all = [
      { name: 'first', data: 'changed on the way' },
      { name: 'two', data: undefined },
    ];
    await kept.only(all, later);
    expect((await vault.names('kept:')).sort()).toEqual(['kept:first', 'kept:two']);
    expect(await kept.or('first', lost)).toBe('first');
    await kept.or('first', () => Promise.resolve('anew'));
  });

  it('goes with the vault', async () => {
    await kept.only([{ name: 'one', data: 'known' }], later);
    await vault.clear();
    await expect(kept.or('one', lost)).rejects.toMatchObject({ code: 'network' });
  });
});
