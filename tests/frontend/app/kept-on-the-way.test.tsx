import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { outbox } from '@/api/outbox';
import type { OfficeHolder } from '@/api/shapes';
import { Brief } from '@/app/routes/brief';
import { MemberShell } from '@/app/shells/member';
import { vault } from '@/lib/vault';
import { expectNoAxeFinding } from '~tests/axe';
import { assignment, me } from '~tests/samples';
import { server } from '~tests/server';
import { show } from '~tests/show';

const area = { id: 'z', country: 'ZZ', kind: 'constituency', code: 'A01', name: 'Alder, 1st' };
const relay = me({ grants: [{ role: 'relay', area, starts_at: '2026-01-01T00:00:00Z', ends_at: null }] });
const holder: OfficeHolder = {
  id: 'o1',
  full_name: 'Ada Birch',
  civility: '',
  given_name: 'Ada',
  family_name: 'Birch',
  office_email: '',
  profile_url: '',
  body: 'zz-assembly',
  since: '2024-07-07',
  area: { id: 'z', code: 'A01', name: 'Alder, 1st' },
  group: { abbreviation: 'G', name: 'Green', colour: '#0a0' },
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

  it('leaves from whichever screen is open once there is network', async () => {
    withNetwork();
    const sent: unknown[] = [];
    server.use(
      http.post('*/api/v1/actions/assignments/:id/report/', async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json(assignment({ answer: 'reported' }));
      }),
    );
    await outbox.add({ subject: 'report:g1', path: '/api/v1/actions/assignments/g1/report/', body: { met: 'staff' } });
    show(<MemberShell />, { at: '/me' });
    await waitFor(async () => {
      expect(await outbox.entries()).toEqual([]);
    });
    expect(sent).toEqual([{ met: 'staff' }]);
  });

  it('stays, with why, where the action was stopped before it left', async () => {
    const { action, abilities } = assignment();
    const stopped = assignment({
      action: { ...action, status: 'stopped' },
      abilities: { ...abilities, report: false },
    });
    server.use(
      http.get('*/api/v1/actions/assignments/:id/', () => HttpResponse.json(stopped)),
      http.get('*/api/v1/advocacy/office-holders/', () => HttpResponse.json({ items: [], next: null })),
      http.post('*/api/v1/actions/assignments/:id/report/', () =>
        HttpResponse.json({ code: 'action_over', detail: 'This action takes no more answers.' }, { status: 409 }),
      ),
    );
    const body = { met: 'staff', met_on: '2026-11-30', stance: null, quote: 'I went.', failed: '', read_version: 0 };
    await outbox.add({ subject: 'report:g1', path: '/api/v1/actions/assignments/g1/report/', body });
    show(<Brief />, { at: '/assignments/g1', path: '/assignments/:id' });
    expect(await screen.findByText('This action takes no more answers.')).toBeVisible();
    expect(screen.getByText('I went.')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Send my report' })).toBeNull();
    expect(await outbox.entries()).toHaveLength(1);
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
