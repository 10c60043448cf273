import { http, HttpResponse } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import { outbox } from '@/api/outbox';
import { sessionEnd } from '@/api/session';
import { vault } from '@/lib/vault';
import { server } from '~tests/server';

const path = '/api/v1/actions/assignments/1/report/';
const add = (subject = 'report:1', body: object = { met: 'holder' }) => outbox.add({ subject, path, body });

describe('the outbox', () => {
  it('keeps an entry through a lost network and sends it later with the same key', async () => {
    const keys: (string | null)[] = [];
    server.use(
      http.post(`*${path}`, ({ request }) => {
        keys.push(request.headers.get('Idempotency-Key'));
        return HttpResponse.error();
      }),
    );
    await add();
    await outbox.send();
    const [kept] = await outbox.entries();
    expect(kept).toMatchObject({ subject: 'report:1' });
    server.use(
      http.post(`*${path}`, ({ request }) => {
        keys.push(request.headers.get('Idempotency-Key'));
        return HttpResponse.json({});
      }),
    );
    await outbox.send();
    expect(await outbox.entries()).toEqual([]);
    expect(keys).toEqual([kept?.id, kept?.id]);
  });

  it('keeps what the server refuses with the reason, does not send it again, and goes on with the rest', async () => {
    let refusals = 0;
    server.use(
      http.post(`*${path}`, async ({ request }) => {
        const body = (await request.json()) as { met: string };
        if (body.met !== 'nobody') return HttpResponse.json({});
        refusals += 1;
        return HttpResponse.json({ code: 'action_stopped', detail: 'The action was stopped.' }, { status: 409 });
      }),
    );
    await add('report:1', { met: 'nobody' });
    await add('report:2');
    await outbox.send();
    await outbox.send();
    expect(refusals).toBe(1);
    expect(await outbox.entries()).toMatchObject([
      {
        subject: 'report:1',
        refusal: { code: 'action_stopped', detail: 'The action was stopped.' },
      },
    ]);
  });

  it('sends again, with the same key, what a crash kept after the server had it', async () => {
    const keys: (string | null)[] = [];
    server.use(
      http.post(`*${path}`, ({ request }) => {
        keys.push(request.headers.get('Idempotency-Key'));
        return HttpResponse.json({});
      }),
    );
    await add();
    vi.spyOn(vault, 'delete').mockRejectedValueOnce(new Error('out of battery'));
    await outbox.send();
    expect(await outbox.entries()).toHaveLength(1);
    await outbox.send();
    expect(await outbox.entries()).toEqual([]);
    expect(keys).toEqual([keys[0], keys[0]]);
  });

  it('stops at an ended session and keeps everything', async () => {
    server.use(http.post(`*${path}`, () => HttpResponse.json({ code: 'not_authenticated' }, { status: 403 })));
    await add();
    await outbox.send();
    expect(sessionEnd.get()).toBe(true);
    expect(await outbox.entries()).toHaveLength(1);
  });

  it('replaces an older entry of the same subject', async () => {
    await add('report:1', { met: 'staff' });
    await add('report:1', { met: 'holder' });
    expect(await outbox.entries()).toMatchObject([{ body: { met: 'holder' } }]);
  });

  it('keeps the older entry when the newer one finds no room', async () => {
    await add('report:1', { met: 'staff' });
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(function (this: IDBObjectStore) {
      this.transaction.abort();
      return {} as IDBRequest<IDBValidKey>;
    });
    await expect(add('report:1', { met: 'holder' })).rejects.toThrow();
    expect(await outbox.entries()).toMatchObject([{ body: { met: 'staff' } }]);
  });

  it('sends what replaced an entry on its way at once, on top of what the server took', async () => {
    const bodies: unknown[] = [];
    server.use(
      http.post(`*${path}`, async ({ request }) => {
        bodies.push(await request.json());
        if (bodies.length === 1) {
          await add('report:1', { met: 'holder', read_version: 0 });
          void outbox.send();
        }
        return HttpResponse.json({ report: { version: bodies.length } });
      }),
    );
    await add('report:1', { met: 'staff', read_version: 0 });
    await outbox.send();
    expect(bodies).toEqual([
      { met: 'staff', read_version: 0 },
      { met: 'holder', read_version: 1 },
    ]);
    expect(await outbox.entries()).toEqual([]);
  });

  it('does not bring back what was let go while the server refused it', async () => {
    server.use(
      http.post(`*${path}`, async () => {
        for (const { id } of await outbox.entries()) await outbox.drop(id);
        return HttpResponse.json({ code: 'action_stopped' }, { status: 409 });
      }),
    );
    await add();
    await outbox.send();
    expect(await outbox.entries()).toEqual([]);
  });

  it('writes nothing readable on the device, and forgets all at sign-out', async () => {
    await add('report:1', { quote: 'a secret sentence' });
    const rows = await new Promise<unknown[]>((resolve, reject) => {
      const open = indexedDB.open('maillage');
      open.onerror = () => {
        reject(new Error('open'));
      };
      open.onsuccess = () => {
        const all = open.result.transaction('entries').objectStore('entries').getAll();
        all.onsuccess = () => {
          resolve(all.result as unknown[]);
          open.result.close();
        };
      };
    });
    const bytes = rows.map((row) => new TextDecoder('latin1').decode((row as { data: ArrayBuffer }).data)).join();
    expect(rows).toHaveLength(1);
    expect(bytes).not.toContain('secret');
    await vault.clear();
    expect(await outbox.entries()).toEqual([]);
  });
});
