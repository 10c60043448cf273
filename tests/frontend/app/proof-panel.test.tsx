import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import { client, read } from '@/api/client';
import { withProof } from '@/api/proof';
import { ProofPanel } from '@/app/proof-panel';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';

const asked = { code: 'step_up_required', detail: 'Prove that it is you.', ways: ['password', 'code'] };
const mine = () => withProof(() => read(client.GET('/api/v1/accounts/sessions/')));

function ask() {
  let isProved = false;
  const proofs: unknown[] = [];
  server.use(
    http.get('*/api/v1/accounts/sessions/', () =>
      isProved ? HttpResponse.json({ items: [] }) : HttpResponse.json(asked, { status: 403 }),
    ),
    http.post('*/api/v1/accounts/step-up/code/', () => new HttpResponse(null, { status: 204 })),
    http.post('*/api/v1/accounts/step-up/', async ({ request }) => {
      const body = (await request.json()) as { code?: string; password?: string };
      proofs.push(body);
      if (body.password === 'right' || body.code === '12345678') isProved = true;
      return isProved
        ? new HttpResponse(null, { status: 204 })
        : HttpResponse.json(
            { code: 'incorrect_password', detail: 'No.', fields: { password: ['This is not your password.'] } },
            { status: 400 },
          );
    }),
  );
  return proofs;
}

describe('what asks for a recent proof', () => {
  it('is asked in a panel, and goes on once it is given', async () => {
    const proofs = ask();
    const { user, baseElement } = show(<ProofPanel />);
    const done = vi.fn();
    void mine().then(done);
    const password = await screen.findByLabelText('Password');
    expect(password).toHaveFocus();
    await expectNoAxeFinding(baseElement);
    await user.type(password, 'wrong{Enter}');
    expect(await screen.findByText('This is not your password.')).toBeVisible();
    expect(done).not.toHaveBeenCalled();
    await user.clear(password);
    await user.type(password, 'right{Enter}');
    await vi.waitFor(() => {
      expect(done).toHaveBeenCalledWith({ items: [] });
    });
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(proofs).toEqual([{ password: 'wrong' }, { password: 'right' }]);
  });

  it('may be proved in another way that is open', async () => {
    ask();
    const { user } = show(<ProofPanel />);
    const done = vi.fn();
    void mine().then(done);
    await user.click(await screen.findByRole('button', { name: 'With a code by mail' }));
    await user.click(screen.getByRole('button', { name: 'Send me the code' }));
    await user.type(await screen.findByLabelText('The code you received'), '12345678{Enter}');
    await vi.waitFor(() => {
      expect(done).toHaveBeenCalledOnce();
    });
  });

  it('fails with the words of the server when it is given up', async () => {
    ask();
    const { user } = show(<ProofPanel />);
    const failed = vi.fn();
    void mine().catch(failed);
    await screen.findByRole('dialog');
    await user.keyboard('{Escape}');
    await vi.waitFor(() => {
      expect(failed).toHaveBeenCalledOnce();
    });
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
