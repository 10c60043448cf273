import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { OwnSession, Security as Shape } from '@/api/shapes';
import { Security } from '@/app/routes/security';
import { SecondFactorGate } from '@/features/accounts/second-factor-gate';
import { loadCatalogue } from '@/i18n/i18n';
import { expectNoAxeFinding } from '~tests/axe';
import { me } from '~tests/samples';
import { server } from '~tests/server';
import { show } from '~tests/show';

const FACTORS = '*/api/v1/accounts/auth/browser/v1/account/authenticators';
const at = '2026-11-20T10:00:00Z';
const session = (part: Partial<OwnSession>): OwnSession => ({
  id: 'one',
  browser: 'Firefox',
  system: 'Windows',
  started_at: at,
  seen_at: at,
  is_this_one: false,
  ...part,
});
const bare: Shape = {
  second_factor: 'optional',
  has_password: false,
  totp: null,
  passkeys: [],
  recovery_codes: null,
  ways: ['code'],
};

function answers(security: Shape, sessions: OwnSession[] = []) {
  const state = { security, sessions };
  server.use(
    http.get('*/api/v1/accounts/me/', () => HttpResponse.json(me())),
    http.get('*/api/v1/accounts/security/', () => HttpResponse.json(state.security)),
    http.get('*/api/v1/accounts/sessions/', () => HttpResponse.json({ items: state.sessions })),
    http.delete('*/api/v1/accounts/sessions/:id/', ({ params }) => {
      state.sessions = state.sessions.filter((one) => one.id !== params.id);
      return new HttpResponse(null, { status: 204 });
    }),
    http.get(`${FACTORS}/totp`, () =>
      HttpResponse.json(
        { meta: { secret: 'ABCDEFGH', totp_svg: '<svg xmlns="http://www.w3.org/2000/svg"/>' } },
        { status: 404 },
      ),
    ),
    http.post(`${FACTORS}/totp`, async ({ request }) => {
      const { code } = (await request.json()) as { code: string };
      if (code !== '123456') {
        return HttpResponse.json({ errors: [{ message: 'Incorrect code.', param: 'code' }] }, { status: 400 });
      }
      state.security = {
        ...state.security,
        totp: { created_at: at, last_used_at: null },
        recovery_codes: { total: 10, unused: 10 },
      };
      return HttpResponse.json({ data: {} });
    }),
    http.get(`${FACTORS}/recovery-codes`, () =>
      HttpResponse.json({ data: { unused_codes: ['11112222', '33334444'] } }),
    ),
  );
}

beforeEach(async () => {
  await loadCatalogue('security', 'en');
  await loadCatalogue('member', 'en');
});

describe('how I sign in', () => {
  it('lists my sessions and ends another one', async () => {
    answers(bare, [session({ id: 'here', is_this_one: true }), session({ browser: 'Safari', system: 'iPhone' })]);
    const { user, container } = show(<Security />);
    const there = await screen.findByRole('button', { name: /^End.*Safari on iPhone$/ });
    expect(screen.queryByRole('button', { name: /^End Firefox/ })).toBeNull();
    await expectNoAxeFinding(container);
    await user.click(there);
    expect(await screen.findByText('Ended.')).toBeVisible();
    expect(screen.queryByText('Safari on iPhone')).toBeNull();
  });

  it('sets an app up with a picture, a key to type and a first code, then shows the recovery codes once', async () => {
    answers(bare);
    const { user, container } = show(<Security />);
    await user.click(await screen.findByRole('button', { name: 'Set the app up' }));
    expect(await screen.findByRole('img', { name: /Picture to scan/ })).toHaveAttribute(
      'src',
      expect.stringContaining('svg'),
    );
    expect(screen.getByText('ABCD EFGH')).toBeVisible();
    const code = screen.getByLabelText('The six figures that it shows');
    await user.type(code, '000000{Enter}');
    expect(await screen.findByText('Incorrect code.')).toBeVisible();
    await user.clear(code);
    await user.type(code, '123456{Enter}');
    const codes = await screen.findByText('1111 2222');
    expect(codes).toBeVisible();
    expect(screen.getByText('The app is active.')).toBeVisible();
    await expectNoAxeFinding(container);
  });
});

describe('a role that asks for a second factor', () => {
  it('leads to setting one up, and to the recovery codes', async () => {
    answers({ ...bare, second_factor: 'to_set_up' });
    let isDone = false;
    const { user } = show(
      <SecondFactorGate
        standing="to_set_up"
        onDone={() => {
          isDone = true;
        }}
      />,
    );
    await user.click(await screen.findByRole('button', { name: 'Set the app up' }));
    await user.type(await screen.findByLabelText('The six figures that it shows'), '123456{Enter}');
    const card = await screen.findByRole('region', { name: 'Recovery codes' });
    expect(within(card).getByText('3333 4444')).toBeVisible();
    expect(isDone).toBe(false);
    await user.click(screen.getByRole('button', { name: 'Go on' }));
    expect(isDone).toBe(true);
  });
});
