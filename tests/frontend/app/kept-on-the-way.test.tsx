import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { Brief } from '@/app/routes/brief';
import { MemberShell } from '@/app/shells/member';
import { vault } from '@/lib/vault';
import { expectNoAxeFinding } from '~tests/axe';
import { assignment, me } from '~tests/samples';
import { server } from '~tests/server';
import { show } from '~tests/show';

const area = { id: 'z', country: 'ZZ', kind: 'constituency', code: 'A01', name: 'Alder, 1st' };
const relay = me({ grants: [{ role: 'relay', area, starts_at: '2026-01-01T00:00:00Z', ends_at: null }] });
const holder = {
  id: 'o1',
  full_name: 'Ada Birch',
  civility: '',
  group: { name: 'Green' },
  since: '2024-07-07',
  office_email: '',
  offices: [],
};

function withNetwork(items = [assignment()]) {
  server.use(
    http.get('*/api/v1/accounts/me/', () => HttpResponse.json(relay)),
    http.get('*/api/v1/actions/assignments/', () => HttpResponse.json({ items })),
    http.get('*/api/v1/advocacy/office-holders/', () => HttpResponse.json({ items: [holder], next: null })),
  );
}

const keptOnes = async () => (await vault.names('kept:')).sort();

describe('what a relay reads on the way', () => {
  it('is the brief and whom they meet, as they were, once the application was open with network', async () => {
    withNetwork();
    const before = show(<MemberShell />, { at: '/today' });
    await waitFor(async () => {
      expect(await keptOnes()).toEqual(['kept:assignments', 'kept:me', 'kept:office-holder:A01']);
    });
    before.unmount();

    server.use(
      http.get('*/api/v1/actions/assignments/:id/', () => HttpResponse.error()),
      http.get('*/api/v1/advocacy/office-holders/', () => HttpResponse.error()),
    );
    const { container } = show(<Brief />, { at: '/assignments/g1', path: '/assignments/:id' });
    expect(await screen.findByText('Ask it.')).toBeVisible();
    expect(await screen.findByText('Ada Birch')).toBeVisible();
    expect(screen.getAllByText(/^Without network: as this device read it on /)).toHaveLength(2);
    expect(screen.getByRole('button', { name: 'Send my report' })).toBeVisible();
    await expectNoAxeFinding(container);
  });

  it('goes once the server names it no more, and where nothing runs', async () => {
    withNetwork();
    const first = show(<MemberShell />, { at: '/today' });
    await waitFor(async () => {
      expect(await keptOnes()).toHaveLength(3);
    });
    first.unmount();
    withNetwork([assignment({ action: { ...assignment().action, status: 'stopped' } })]);
    show(<MemberShell />, { at: '/today' });
    await waitFor(async () => {
      expect(await keptOnes()).toEqual([]);
    });
  });
});
