import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import type { Me } from '@/api/shapes';
import { Gate } from '@/app/gate';
import { MyData } from '@/app/routes/my-data';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';

const country = { id: 'a1', country: 'ZZ', kind: 'country', code: 'ZZ', name: 'Alderland' };

/** Somebody who was appointed by their address and signs in for the first time. */
const appointed = {
  id: 'u1',
  email: 'ines@example.org',
  language: 'en',
  person: null,
  grants: [{ role: 'treasurer', area: country, starts_at: '2026-01-01T00:00:00Z', ends_at: null }],
  abilities: { organise: false, answer: false, inspect: false, administer: false, keep_books: false, moderate: false },
  second_factor: 'proved',
} as Me;

/** Says who is signed in, as long as no name was said; then with that name. */
function answers(me: Me) {
  const said: unknown[] = [];
  server.use(
    http.get('*/api/v1/accounts/me/', () =>
      HttpResponse.json(said.length > 0 ? { ...me, person: { id: 'p1', ...(said.at(-1) as object), place: '' } } : me),
    ),
    http.put('*/api/v1/people/me/names/', async ({ request }) => {
      const names = (await request.json()) as { given_name: string };
      if (!names.given_name) {
        const fields = { given_name: ['Write the first name.'] };
        return HttpResponse.json({ code: 'invalid', message: 'Look again.', fields }, { status: 400 });
      }
      said.push(names);
      return HttpResponse.json({});
    }),
  );
  return said;
}

describe('the gate', () => {
  it('asks whoever was given a role what they are called, and opens then', async () => {
    const said = answers(appointed);
    const { user, container } = show(<Gate />);
    expect(await screen.findByRole('heading', { name: 'What are you called?' })).toBeVisible();
    await expectNoAxeFinding(container);
    await user.click(screen.getByRole('button', { name: 'Go on' }));
    expect(await screen.findByText('Write the first name.')).toBeVisible();
    await user.type(screen.getByLabelText('First name'), 'Inès');
    await user.type(screen.getByLabelText('Family name'), 'Roux{Enter}');
    await expect.poll(() => screen.queryByRole('heading', { name: 'What are you called?' })).not.toBeInTheDocument();
    expect(said).toEqual([{ given_name: 'Inès', family_name: 'Roux' }]);
  });

  it('asks for the second factor first', async () => {
    answers({ ...appointed, second_factor: 'to_set_up' });
    server.use(http.get('*/api/v1/accounts/security/', () => new Promise(() => undefined)));
    show(<Gate />);
    expect(await screen.findByRole('button', { name: 'Sign out' })).toBeVisible();
    expect(screen.queryByRole('heading', { name: 'What are you called?' })).not.toBeInTheDocument();
  });

  it('lets whoever holds nothing any more pass without a name, to take their data away and leave', async () => {
    answers({ ...appointed, grants: [] });
    const { container } = show(<MyData />);
    expect(await screen.findByText(/You sign in with ines@example.org/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Take it all away (file)' })).toBeVisible();
    expect(screen.getByRole('button', { name: 'Erase everything' })).toBeVisible();
    await expectNoAxeFinding(container);
  });
});
