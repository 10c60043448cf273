import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { OfficerDesk } from '@/features/people/officer-desk';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';

const reason = {
  id: 'r1',
  reason: 'Request of 3 March',
  ends_at: '2026-11-22T15:00:00Z',
  person: null as string | null,
};
const found = { id: 'p1', given_name: 'Élodie', initial: 'D', locality: 'Little Alder', area: 'Alder, 2nd' };

describe('the data-protection officer', () => {
  const read: string[] = [];
  beforeEach(() => {
    read.length = 0;
    server.use(
      http.post('*/api/v1/people/reasons/', async ({ request }) => {
        const said = (await request.json()) as { reason: string };
        return said.reason.length < 10
          ? HttpResponse.json({ code: 'reason_missing', fields: { reason: ['Say why.'] } }, { status: 400 })
          : HttpResponse.json({ ...reason, reason: said.reason }, { status: 201 });
      }),
      http.get('*/api/v1/people/reasons/r1/people/', () => HttpResponse.json({ items: [found] })),
      http.post('*/api/v1/people/reasons/r1/person/', () => HttpResponse.json({ ...reason, person: 'p1' })),
      http.get('*/api/v1/people/reasons/r1/file/', () => HttpResponse.json({})),
      http.get('*/api/v1/people/reasons/r1/card/', () => {
        read.push('card');
        return HttpResponse.json({
          given_name: 'Élodie',
          family_name: 'Durand',
          language: 'fr',
          locality: '',
          area: 'Alder, 2nd',
          shows_given_name: false,
          created_at: '2026-11-01T10:00:00Z',
          contacts: [{ channel: 'email', value: 'elodie@example.org', is_verified: true, is_preferred: true }],
          consents: [],
          abilities: { correct: false },
        });
      }),
    );
  });

  it('reads nobody before a reason is typed, then one person whom it chose', async () => {
    const { container, user } = show(<OfficerDesk />);
    expect(screen.queryByRole('searchbox')).toBeNull();
    await user.type(screen.getByRole('textbox', { name: 'Your reason' }), 'short');
    await user.click(screen.getByRole('button', { name: 'Go on' }));
    expect(await screen.findByText('Say why.')).toBeVisible();
    await user.type(screen.getByRole('textbox', { name: 'Your reason' }), ' but long enough');
    await user.click(screen.getByRole('button', { name: 'Go on' }));
    await user.type(await screen.findByRole('searchbox'), 'elodie');
    await user.click(screen.getByRole('button', { name: 'Find' }));
    expect(await screen.findByRole('heading', { name: 'Élodie D' })).toBeVisible();
    expect(read).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Read' }));
    expect(await screen.findByRole('heading', { name: 'Élodie Durand' })).toBeVisible();
    const make = vi.fn(() => 'blob:file');
    Object.assign(URL, { createObjectURL: make, revokeObjectURL: vi.fn() });
    await user.click(screen.getByRole('button', { name: 'Take the whole file' }));
    await waitFor(() => {
      expect(make).toHaveBeenCalledOnce();
    });
    await expectNoAxeFinding(container);
    await waitFor(() => {
      expect(read).toEqual(['card']);
    });
  });

  it('writes down what somebody said, and erases who asked for it, once it is sure', async () => {
    const said: unknown[] = [];
    server.use(
      http.post('*/api/v1/messaging/stops/', async ({ request }) => {
        said.push(await request.json());
        return HttpResponse.json({ changed: 3 });
      }),
      http.post('*/api/v1/people/reasons/r1/erase/', () => {
        said.push('erase');
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user } = show(<OfficerDesk />);
    await user.type(screen.getByRole('textbox', { name: 'Your reason' }), 'She telephoned on 3 March');
    await user.click(screen.getByRole('button', { name: 'Go on' }));
    await user.type(await screen.findByRole('searchbox'), 'elodie');
    await user.click(screen.getByRole('button', { name: 'Find' }));
    await user.click(await screen.findByRole('button', { name: 'Read' }));
    await user.click(await screen.findByRole('button', { name: 'They said stop' }));
    expect(screen.getByRole('button', { name: 'Write it down' })).toBeDisabled();
    await user.click(screen.getByRole('radio', { name: 'Nothing more at all, from anybody here' }));
    await user.click(screen.getByRole('button', { name: 'Write it down' }));
    expect(await screen.findByText('Written down: it counts at once.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Erase them' }));
    const dialog = within(await screen.findByRole('alertdialog', { name: 'Erase Élodie Durand?' }));
    expect(dialog.getByRole('button', { name: 'Erase them' })).toBeDisabled();
    await user.click(dialog.getByRole('checkbox'));
    await user.click(dialog.getByRole('button', { name: 'Erase them' }));
    expect(await screen.findByText('Erased. For somebody else, type another reason.')).toBeVisible();
    expect(screen.getByRole('textbox', { name: 'Your reason' })).toHaveValue('');
    expect(said).toEqual([{ person: 'p1', purpose: '', reason: 'r1' }, 'erase']);
  });
});
