import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import { client, read } from '@/api/client';
import { outbox } from '@/api/outbox';
import { vaultOrder } from '@/api/vault-order';
import { LeftBehind } from '@/app/left-behind';
import { vault } from '@/lib/vault';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';

const path = '/api/v1/actions/assignments/1/report/';
const report = { subject: 'report:1', path, body: { met: 'holder', quote: 'She will come in January.' } };

/** Any answer may carry the order: here the one that says that nobody is signed in. */
async function contact() {
  server.use(
    http.get('*/api/v1/accounts/me/', () =>
      HttpResponse.json({ code: 'not_authenticated' }, { status: 403, headers: { 'Maillage-Vault': 'wipe' } }),
    ),
  );
  await read(client.GET('/api/v1/accounts/me/')).catch(() => undefined);
}

describe('the order to wipe', () => {
  it('is obeyed at once where nothing waits, without a session too', async () => {
    const leave = vi.fn();
    await vault.put('draft:report:1', { quote: 'half a sen' });
    show(<LeftBehind leave={leave} />);
    await contact();
    await waitFor(() => {
      expect(leave).toHaveBeenCalled();
    });
    expect(await vault.names('')).toEqual([]);
    expect(document.cookie).not.toContain('maillage_vault=');
  });

  it('takes the drafts and shows the report that was never sent, until its reader lets it go', async () => {
    const leave = vi.fn();
    await vault.put('draft:report:1', { quote: 'half a sen' });
    await outbox.add(report);
    expect(document.cookie).toContain('maillage_unsent=1');
    const { user, baseElement } = show(<LeftBehind leave={leave} />);
    await contact();
    expect(await screen.findByRole('alertdialog', { name: 'A report was never sent' })).toBeVisible();
    expect(screen.getByText('She will come in January.')).toBeVisible();
    await expectNoAxeFinding(baseElement);
    expect(await vault.names('draft:')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Copy the text' }));
    expect(await navigator.clipboard.readText()).toContain('She will come in January.');
    expect(leave).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'Erase from this device' }));
    await waitFor(() => {
      expect(leave).toHaveBeenCalled();
    });
    expect(await vault.names('')).toEqual([]);
    expect(document.cookie).not.toContain('maillage_unsent=1');
  });

  it('lets its photo be saved before it goes', async () => {
    const saved = vi.fn((_content: Blob) => 'blob:photo');
    Object.assign(URL, { createObjectURL: saved, revokeObjectURL: vi.fn() });
    await outbox.add({ ...report, photo: btoa('a photo') });
    const { user } = show(<LeftBehind leave={vi.fn()} />);
    await contact();
    await user.click(await screen.findByRole('button', { name: 'Save the photo' }));
    expect(saved.mock.calls[0]?.[0]).toMatchObject({ type: 'image/jpeg', size: 7 });
  });

  it('shows it again after the browser died over it', async () => {
    await outbox.add(report);
    const first = show(<LeftBehind leave={vi.fn()} />);
    await contact();
    await screen.findByRole('alertdialog');
    first.unmount(); // closed, or out of battery
    vaultOrder.set(false);
    show(<LeftBehind leave={vi.fn()} />);
    await contact();
    expect(await screen.findByText('She will come in January.')).toBeVisible();
  });

  it('sends nothing of it in the name of who signs in next', async () => {
    const posted = vi.fn();
    server.use(
      http.post(`*${path}`, () => {
        posted();
        return HttpResponse.json({});
      }),
    );
    await outbox.add(report);
    await contact();
    await outbox.send();
    expect(posted).not.toHaveBeenCalled();
  });
});
