import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { client, read } from '@/api/client';
import { asProblem, type Problem } from '@/api/problem';
import { sessionEnd } from '@/api/session';
import { server } from '~tests/server';

const networks = '*/api/v1/relays/networks/';
const get = () => read(client.GET('/api/v1/relays/networks/', {}));
const failure = (call: Promise<unknown>): Promise<Problem> => call.then(() => expect.fail('it should fail'), asProblem);

describe('the client', () => {
  it('sends the language, and the token with what changes something', async () => {
    document.cookie = 'maillage_csrf=abc';
    const seen: (string | null)[] = [];
    server.use(
      http.get(networks, ({ request }) => {
        seen.push(request.headers.get('Accept-Language'), request.headers.get('X-CSRFToken'));
        return HttpResponse.json({ items: [] });
      }),
      http.post('*/api/v1/actions/', ({ request }) => {
        seen.push(request.headers.get('X-CSRFToken'));
        return HttpResponse.json({});
      }),
    );
    await get();
    await read(client.POST('/api/v1/actions/', { body: {} as never }));
    expect(seen).toEqual(['en', null, 'abc']);
  });

  it('turns a problem document into its code and fields', async () => {
    server.use(
      http.get(networks, () =>
        HttpResponse.json({ code: 'invalid', detail: 'No.', fields: { name: ['Say it.'] } }, { status: 400 }),
      ),
    );
    const problem = await failure(get());
    expect(problem).toMatchObject({
      status: 400,
      code: 'invalid',
      message: 'No.',
      fields: { name: ['Say it.'] },
      isPassing: false,
    });
  });

  it('knows a lost network and a broken answer as passing', async () => {
    server.use(http.get(networks, () => HttpResponse.error()));
    expect(await failure(get())).toMatchObject({
      code: 'network',
      isPassing: true,
    });
    server.use(http.get(networks, () => new HttpResponse('<h1>502</h1>', { status: 502 })));
    expect(await failure(get())).toMatchObject({
      status: 502,
      code: 'unreadable',
      isPassing: true,
    });
  });

  it('says that the session ended , but not when it asks who I am', async () => {
    server.use(
      http.get('*/api/v1/accounts/me/', () => HttpResponse.json({ code: 'not_authenticated' }, { status: 403 })),
      http.get(networks, () => HttpResponse.json({ code: 'not_authenticated' }, { status: 403 })),
    );
    await failure(read(client.GET('/api/v1/accounts/me/', {})));
    expect(sessionEnd.get()).toBe(false);
    await failure(get());
    expect(sessionEnd.get()).toBe(true);
  });
});
