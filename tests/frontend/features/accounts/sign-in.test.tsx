import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import { SignIn } from '@/features/accounts/sign-in';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';

const base = '*/api/v1/accounts/auth/browser/v1';

describe('signing in', () => {
  it('asks for an address, then for the code that was mailed', async () => {
    const bodies: unknown[] = [];
    server.use(
      http.get(`${base}/auth/session`, () => HttpResponse.json({}, { status: 401 })),
      http.post(`${base}/auth/code/request`, async ({ request }) => {
        bodies.push(await request.json());
        // allauth says 401 with a pending flow: the step went well.
        return HttpResponse.json({ data: { flows: [{ id: 'login_by_code', is_pending: true }] } }, { status: 401 });
      }),
      http.post(`${base}/auth/code/confirm`, async ({ request }) => {
        const body = (await request.json()) as { code: string };
        bodies.push(body);
        return body.code === 'ABC123'
          ? HttpResponse.json({})
          : HttpResponse.json({ errors: [{ message: 'Incorrect code.', param: 'code' }] }, { status: 400 });
      }),
    );
    const onDone = vi.fn();
    const { user, container } = show(<SignIn onDone={onDone} />);
    await expectNoAxeFinding(container);
    await user.type(screen.getByLabelText('E-mail address'), ' nadia@example.org{Enter}');
    const code = await screen.findByLabelText('The code you received');
    expect(code).toHaveFocus();
    await user.type(code, 'WRONG{Enter}');
    expect(await screen.findByText('Incorrect code.')).toBeVisible();
    expect(onDone).not.toHaveBeenCalled();
    await user.clear(code);
    await user.type(code, 'ABC123{Enter}');
    await vi.waitFor(() => {
      expect(onDone).toHaveBeenCalledOnce();
    });
    expect(bodies).toEqual([{ email: 'nadia@example.org' }, { code: 'WRONG' }, { code: 'ABC123' }]);
  });

  it('says when there were too many tries, and keeps the address', async () => {
    server.use(
      http.get(`${base}/auth/session`, () => HttpResponse.json({}, { status: 401 })),
      http.post(`${base}/auth/code/request`, () => HttpResponse.json({}, { status: 429 })),
    );
    const { user } = show(<SignIn onDone={vi.fn()} knownEmail="nadia@example.org" />);
    await user.click(screen.getByRole('button', { name: 'Send me the code' }));
    expect(await screen.findByText(/Too many tries in a row/)).toBeVisible();
    expect(screen.getByLabelText('E-mail address')).toHaveValue('nadia@example.org');
  });
});
