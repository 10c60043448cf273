import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Me } from '@/api/shapes';
import { OwnAccesses } from '@/features/people/own-accesses';
import { OwnConsents } from '@/features/people/own-consents';
import { OwnErasure } from '@/features/people/own-erasure';
import { OwnFacts } from '@/features/people/own-facts';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';

const own = (isGiven: boolean) => ({
  given_name: 'Nadia',
  family_name: 'Ferhat',
  language: 'en',
  locality: 'Little Alder',
  area: 'Alder, 2nd',
  shows_given_name: false,
  created_at: '2026-11-01T10:00:00Z',
  contacts: [
    {
      channel: 'phone',
      value: '+33612345678',
      is_verified: false,
      is_preferred: true,
    },
  ],
  agreements: [
    {
      document: 'charter',
      number: 1,
      at: '2026-11-20T10:00:00Z',
      how: 'app',
      language: 'fr',
      paper_number: '',
    },
  ],
  qualifications: [],
  consents: [
    {
      purpose: 'people.relay_contact',
      channel: 'email',
      text: 'My relay may contact me.',
      version: 'relay_contact.1',
      is_given: isGiven,
      changed_at: isGiven ? '2026-11-20T10:00:00Z' : null,
      can_be_changed: true,
    },
    {
      purpose: 'relays.application',
      channel: 'email',
      text: 'The organiser may contact me about this seat.',
      version: 'relay_application.1',
      is_given: true,
      changed_at: '2026-11-02T10:00:00Z',
      can_be_changed: false,
    },
  ],
});
const access = (id: number, at: string) => ({
  id,
  at,
  reader: 'Inès Prat',
  role: 'organiser',
  place: 'Alder',
  reading: 'people.list',
  told: 'the list of people',
  reason: '',
});

describe('my data', () => {
  beforeEach(() => {
    server.use(http.get('*/api/v1/people/me/', () => HttpResponse.json(own(false))));
  });

  it('says what is known, and what is not yet confirmed', async () => {
    const { container } = show(<OwnFacts />);
    expect(await screen.findByText('Nadia Ferhat')).toBeVisible();
    expect(screen.getByText('+33612345678 (to be confirmed)')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Take it all away (file)' })).toBeEnabled();
    await expectNoAxeFinding(container);
  });

  it('agrees by one box and takes it back by the same', async () => {
    const sent: unknown[] = [];
    server.use(
      http.post('*/api/v1/people/me/consents/', async ({ request }) => {
        const body = (await request.json()) as { is_given: boolean };
        sent.push(body);
        return HttpResponse.json(own(body.is_given));
      }),
    );
    const { user, container } = show(<OwnConsents />);
    const box = within(await screen.findByRole('group', { name: 'My relay may contact me.' })).getByRole('checkbox');
    expect(box).not.toBeChecked();
    await user.click(box);
    await waitFor(() => {
      expect(box).toBeChecked();
    });
    expect(screen.getByRole('status')).toHaveTextContent('Noted.');
    await user.click(box);
    await waitFor(() => {
      expect(box).not.toBeChecked();
    });
    expect(sent).toEqual([
      { purpose: 'people.relay_contact', channel: 'email', is_given: true, version: 'relay_contact.1' },
      { purpose: 'people.relay_contact', channel: 'email', is_given: false, version: 'relay_contact.1' },
    ]);
    const onForm = screen.getByRole('group', {
      name: 'The organiser may contact me about this seat.',
    });
    expect(within(onForm).getByRole('checkbox')).toBeDisabled();
    await expectNoAxeFinding(container);
  });

  it('shows who read, the same thing on one day as one line', async () => {
    const items = [
      access(3, '2026-11-21T15:00:00Z'),
      access(2, '2026-11-21T10:00:00Z'),
      access(1, '2026-11-19T10:00:00Z'),
    ];
    server.use(http.get('*/api/v1/people/me/accesses/', () => HttpResponse.json({ items, next: null })));
    const { container } = show(<OwnAccesses />);
    const lines = await screen.findAllByRole('listitem');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toHaveTextContent('Inès Prat · Organiser, Alder');
    expect(lines[0]).toHaveTextContent('the list of people · 2 times');
    expect(lines[1]).not.toHaveTextContent('times');
    await expectNoAxeFinding(container);
  });

  it('leads whoever was promised the last step to it', async () => {
    const me = { email: 'nadia@example.org', grants: [] } as unknown as Me;
    show(<OwnErasure me={me} />, { at: '/me/data?erase' });
    expect(await screen.findByRole('alertdialog')).toBeVisible();
  });

  it.each([
    [['relay'], 'The role that you hold ends. The seat of which you are the relay has no relay any more.'],
    [
      ['relay', 'organiser'],
      'The 2 roles that you hold end. The seat of which you are the relay has no relay any more.',
    ],
    [['organiser'], 'The role that you hold ends.'],
    [['stand_in'], 'The role that you hold ends.'],
  ])('says what becomes of %j', async (roles, said) => {
    const me = { email: 'nadia@example.org', grants: roles.map((role) => ({ role })) } as unknown as Me;
    show(<OwnErasure me={me} />, { at: '/me/data?erase' });
    expect(await screen.findByText(said)).toBeVisible();
  });

  it('erases nothing until the address is typed, and says why', async () => {
    server.use(
      http.post('*/api/v1/people/me/erase/', () =>
        HttpResponse.json(
          {
            status: 400,
            code: 'not_your_address',
            detail: 'Look again.',
            fields: { email: ['Not your address.'] },
          },
          { status: 400 },
        ),
      ),
    );
    const me = {
      email: 'nadia@example.org',
      grants: [{ role: 'relay' }],
    } as unknown as Me;
    const { user } = show(<OwnErasure me={me} />);
    await user.click(screen.getByRole('button', { name: 'Erase everything' }));
    const dialog = await screen.findByRole('alertdialog', {
      name: 'Erase everything that names you?',
    });
    expect(dialog).toHaveTextContent('The role that you hold ends');
    const field = within(dialog).getByLabelText('To confirm, type your address: nadia@example.org');
    await user.type(field, 'other@example.org');
    await user.click(within(dialog).getByRole('button', { name: 'Erase everything' }));
    expect(await within(dialog).findByText('Not your address.')).toBeVisible();
    expect(field).toHaveAttribute('aria-invalid', 'true');
    await user.click(within(dialog).getByRole('button', { name: 'Erase nothing' }));
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });
});
