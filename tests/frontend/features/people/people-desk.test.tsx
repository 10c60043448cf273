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
  contacts: [{ channel: 'email', value: 'nadia@example.org' }],
};

describe('the people of my places', () => {
  const asked: string[] = [];
  beforeEach(() => {
    asked.length = 0;
    server.use(
      http.get('*/api/v1/people/', ({ request }) => {
        asked.push(new URL(request.url).searchParams.get('q') ?? '');
        return HttpResponse.json({ items: [person], next: null });
      }),
    );
  });

  it('lists who can be reached, and how', async () => {
    const { container } = show(<PeopleDesk />);
    expect(await screen.findByRole('rowheader', { name: 'Nadia Ferhat' })).toBeVisible();
    expect(screen.getByRole('cell', { name: 'Alder, 2nd' })).toBeVisible();
    expect(screen.getByRole('link', { name: 'nadia@example.org' })).toHaveAttribute('href', 'mailto:nadia@example.org');
    await expectNoAxeFinding(container);
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
});
