import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { PeopleDesk } from '@/features/people/people-desk';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';

const person = {
  id: 'p1',
  given_name: 'Nadia',
  family_name: 'Ferhat',
  initial: 'F.',
  locality: { code: '1', name: 'Little Alder' },
  area: { id: 'a1', code: 'A02', name: 'Alder, 2nd' },
  joined_on: '2026-11-01',
  contacts: [
    { channel: 'email', value: 'nadia@example.org', is_verified: true, is_chosen: true },
    { channel: 'email', value: 'unproved@example.org', is_verified: false, is_chosen: true },
    { channel: 'phone', value: '+33612345678', is_verified: true, is_chosen: false },
    { channel: 'sms', value: '+33612345678', is_verified: true, is_chosen: true },
  ],
};
const learnt = { code: 'first', name: 'First steps', obtained_on: '2026-11-02', ends_on: '2027-11-01' };
const view = { id: 'v1', name: 'New ones', filters: { sort: 'joined' }, shared_with: null, is_mine: true };

describe('the people of my places', () => {
  const asked: string[] = [];
  const searches: string[] = [];
  beforeEach(() => {
    asked.length = 0;
    searches.length = 0;
    server.use(
      http.get('*/api/v1/people/', ({ request }) => {
        asked.push(new URL(request.url).searchParams.get('q') ?? '');
        searches.push(new URL(request.url).search);
        return HttpResponse.json({ items: [person], next: null, is_near: request.url.includes('ferrat') });
      }),
      http.get('*/api/v1/people/p1/', () => HttpResponse.json({ ...person, qualifications: [learnt] })),
      http.get('*/api/v1/people/count/', () => HttpResponse.json({ count: 10_000, is_more: true })),
      http.get('*/api/v1/people/duplicates/count/', () => HttpResponse.json({ count: 3, is_more: false })),
      http.get('*/api/v1/people/views/', () => HttpResponse.json({ items: [view] })),
      http.get('*/api/v1/accounts/me/', () => HttpResponse.json({ grants: [] })),
      http.delete('*/api/v1/people/views/v1/', () => HttpResponse.json({ items: [] })),
      http.post('*/api/v1/people/views/v1/restore/', () => HttpResponse.json({ items: [view] })),
    );
  });

  it('lists who can be reached, and how', async () => {
    const { container } = show(<PeopleDesk />);
    expect(await screen.findByRole('rowheader', { name: 'Nadia Ferhat' })).toBeVisible();
    expect(screen.getByRole('cell', { name: 'Alder, 2nd' })).toBeVisible();
    expect(await screen.findByRole('link', { name: '3 possible duplicates' })).toHaveAttribute(
      'href',
      '/desk/people/duplicates',
    );
    expect(screen.getByRole('link', { name: 'nadia@example.org' })).toHaveAttribute('href', 'mailto:nadia@example.org');
    expect(screen.getByRole('table')).toHaveTextContent('+33612345678, +33612345678 (text messages)');
    await expectNoAxeFinding(container);
  });

  it('opens one card, which says what they have learnt, what they agreed to and which address waits for its owner', async () => {
    const { user, router } = show(<PeopleDesk />);
    await user.click(await screen.findByRole('button', { name: 'Nadia Ferhat' }));
    const card = await screen.findByRole('dialog', { name: 'Nadia Ferhat' });
    expect(router.state.location.search).toContain('person=p1');
    expect(card).toHaveTextContent('First steps, since Monday 2 November, until Monday 1 November');
    expect(card).toHaveTextContent(
      [
        'nadia@example.org (agreed to e-mails)',
        'unproved@example.org (not confirmed by its owner)',
        '+33612345678 (did not agree to calls)',
        '+33612345678 (agreed to text messages)',
      ].join(', '),
    );
    await expectNoAxeFinding(card);
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('asks nothing of a single letter, which the server would refuse', async () => {
    const { user } = show(<PeopleDesk />);
    await screen.findByRole('rowheader');
    await user.type(screen.getByRole('searchbox'), 'f');
    await user.type(screen.getByRole('searchbox'), 'e');
    await waitFor(() => {
      expect(asked).toContain('fe');
    });
    expect(asked).not.toContain('f');
  });

  it('says that there are more than ten thousand, and that these names are near', async () => {
    const { user } = show(<PeopleDesk />);
    expect(await screen.findByText('More than 10,000 people')).toBeVisible();
    await user.type(screen.getByRole('searchbox'), 'ferrat');
    expect(await screen.findByText(/These names are near it/)).toBeVisible();
  });

  it('narrows, orders, and comes back to a saved view, which can be deleted and undone', async () => {
    const { user } = show(<PeopleDesk />);
    await screen.findByRole('rowheader');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Seat' }), 'vacant');
    await waitFor(() => {
      expect(searches.at(-1)).toContain('seat_state=vacant');
    });
    await user.click(screen.getByRole('button', { name: 'New ones' }));
    await waitFor(() => {
      expect(searches.at(-1)).toBe('?sort=joined');
    });
    expect(screen.getByRole('button', { name: 'New ones' })).toHaveAttribute('aria-pressed', 'true');
    await user.click(screen.getByRole('button', { name: 'Delete this view' }));
    expect(await screen.findByText(/is deleted/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByRole('button', { name: 'New ones' })).toBeVisible();
  });

  it('takes no file before a reason is typed', async () => {
    server.use(
      http.post('*/api/v1/people/export/', () =>
        HttpResponse.json({ code: 'reason_missing', fields: { reason: ['Say why.'] } }, { status: 400 }),
      ),
    );
    const { user } = show(<PeopleDesk />);
    await screen.findByRole('rowheader');
    await user.click(screen.getByRole('button', { name: 'Take as a file' }));
    const dialog = screen.getByRole('dialog');
    await user.type(screen.getByRole('textbox', { name: 'Why do you take it?' }), 'x');
    await user.click(screen.getByRole('button', { name: 'Take the file' }));
    expect(await screen.findByText('Say why.')).toBeVisible();
    await expectNoAxeFinding(dialog);
  });
});
