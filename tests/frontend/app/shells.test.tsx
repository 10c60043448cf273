import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { describe, expect, it } from 'vitest';
import { sessionEnd } from '@/api/session';
import type { Me } from '@/api/shapes';
import { routes } from '@/app/router';
import { SessionPanel } from '@/app/session-panel';
import { expectNoAxeFinding } from '~tests/axe';
import { recipient } from '~tests/features/fundraising/samples';
import { action, application, assignment, me, network, seats } from '~tests/samples';
import { server } from '~tests/server';

const area = { id: 'z', country: 'ZZ', kind: 'country', code: 'ZZ', name: 'Zedland' };
const grant = (role: 'organiser' | 'relay' | 'treasurer') => ({
  role,
  area,
  starts_at: '2026-01-01T00:00:00Z',
  ends_at: null,
});

function visit(at: string, who: Me | null) {
  server.use(
    http.get('*/api/v1/accounts/me/', () =>
      who ? HttpResponse.json(who) : HttpResponse.json({ code: 'not_authenticated' }, { status: 403 }),
    ),
    http.get('*/api/v1/accounts/demo/', () => HttpResponse.json({}, { status: 404 })),
    http.get('*/api/v1/advocacy/office-holders/', () => HttpResponse.json({ items: [], next: null })),
    http.get('*/api/v1/relays/seats/:id/', () => HttpResponse.json({ code: 'not_found' }, { status: 404 })),
    http.get('*/api/v1/territories/areas/', () => HttpResponse.json({ items: [], next: null })),
    http.get('*/api/v1/territories/sets/', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/relays/networks/', () => HttpResponse.json({ items: [network] })),
    http.get('*/api/v1/relays/networks/n1/seats/', () => HttpResponse.json({ items: seats })),
    http.get('*/api/v1/fundraising/treasury/', () => HttpResponse.json({ items: [recipient], near_identities: 1 })),
    http.get('*/api/v1/fundraising/treasury/party/donations/', () => HttpResponse.json({ items: [], next: null })),
    http.get('*/api/v1/fundraising/treasury/party/donations/count/', () =>
      HttpResponse.json({ count: 0, is_more: false }),
    ),
    http.get('*/api/v1/people/charter/', () =>
      HttpResponse.json({
        languages: ['en'],
        in_force: null,
        under_way: null,
        proposed_wordings: [],
        versions: [],
        mine: { agreed_at: null, is_asked: false },
        abilities: { draft: false },
      }),
    ),
    http.get('*/api/v1/actions/', () => HttpResponse.json({ items: [{ ...action(), counts: null }] })),
    http.get('*/api/v1/actions/assignments/', () =>
      HttpResponse.json({
        items: who?.grants.length
          ? [assignment({ answer: 'waiting', abilities: { accept: true, decline: true, block: true, report: false } })]
          : [],
      }),
    ),
    http.get('*/api/v1/relays/applications/', ({ request }) =>
      HttpResponse.json({
        items:
          who?.abilities.organise || !request.url.includes('mine')
            ? [application()]
            : who?.grants.length
              ? []
              : [application()],
        next: null,
      }),
    ),
  );
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const router = createMemoryRouter(routes, { initialEntries: [at] });
  const view = render(
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
      <SessionPanel />
    </QueryClientProvider>,
  );
  return { ...view, router, user: userEvent.setup() };
}
const organiser = () =>
  me({
    grants: [grant('organiser')],
    abilities: { organise: true, answer: false, inspect: false, administer: false, keep_books: false, moderate: false },
  });
const relay = () =>
  me({
    grants: [grant('relay')],
    abilities: { organise: false, answer: true, inspect: false, administer: false, keep_books: false, moderate: false },
  });
const treasurer = () =>
  me({
    grants: [grant('treasurer')],
    abilities: { organise: false, answer: false, inspect: false, administer: false, keep_books: true, moderate: false },
  });

describe('the application', () => {
  it('asks a stranger to sign in and keeps the address', async () => {
    const { router, container } = visit('/desk/people', null);
    expect(await screen.findByRole('heading', { name: 'Sign in with your e-mail address' })).toBeVisible();
    expect(router.state.location.pathname).toBe('/desk/people');
    await expectNoAxeFinding(container);
  });

  it('leads an organiser to the desk, with what waits for a call', async () => {
    const { router, container } = visit('/', organiser());
    expect(await screen.findByRole('heading', { level: 1, name: '2 of 4 seats covered' })).toBeVisible();
    expect(router.state.location.pathname).toBe('/desk/seats');
    expect(await screen.findByRole('link', { name: /Applications\s*1 waiting for a call/ })).toBeVisible();
    await expectNoAxeFinding(container);
  });

  it('leads a treasurer to the donations, with what waits for their word', async () => {
    const { router } = visit('/', treasurer());
    expect(await screen.findByRole('heading', { level: 1, name: '0 donations' })).toBeVisible();
    expect(router.state.location.pathname).toBe('/desk/money/donations');
    expect(screen.getByRole('heading', { level: 2, name: 'Money' })).toBeVisible();
    expect(await screen.findByRole('link', { name: /To decide\s*3 things wait for your word/ })).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Seats' })).toBeNull();
  });

  it('keeps everyone else from the desk', async () => {
    const { router } = visit('/desk/actions', relay());
    await screen.findByRole('heading', { name: 'One question' });
    expect(router.state.location.pathname).toBe('/today');
  });

  it('shows a relay the one thing of today with both answers', async () => {
    const { container, user } = visit('/', relay());
    expect(await screen.findByRole('heading', { name: 'One question' })).toBeVisible();
    await expectNoAxeFinding(container);
    server.use(http.post('*/api/v1/actions/assignments/g1/accept/', () => HttpResponse.json(assignment())));
    server.use(http.get('*/api/v1/actions/assignments/', () => HttpResponse.json({ items: [assignment()] })));
    await user.click(screen.getByRole('button', { name: 'I’ll go' }));
    expect(await screen.findByText('Noted, thank you.', { exact: false })).toBeVisible();
    expect(screen.getByRole('link', { name: 'Write my report' })).toHaveAttribute('href', '/assignments/g1');
  });

  it('shows who applied the clock of the promise', async () => {
    visit('/', me());
    expect(await screen.findByText('Your application has arrived.')).toBeVisible();
    expect(screen.getByRole('img', { name: /Someone calls before .* to go\./ })).toBeVisible();
  });

  it('opens the palette with Ctrl K and goes to a seat from the keyboard', async () => {
    const { router, user } = visit('/desk/seats', organiser());
    await screen.findByRole('heading', { level: 1, name: '2 of 4 seats covered' });
    await user.keyboard('{Control>}k{/Control}');
    const dialog = within(await screen.findByRole('dialog'));
    await user.keyboard('birch 9th');
    expect(dialog.getByText(/Nothing by that name/)).toBeVisible();
    await user.clear(dialog.getByRole('searchbox'));
    await user.keyboard('alder 2');
    await user.keyboard('{ArrowDown}{Enter}');
    expect(router.state.location.search).toBe('?seat=A02');
  });

  it('asks to sign in again over the page when the session ends, and the page stays', async () => {
    visit('/desk/seats?q=birch', organiser());
    await screen.findByRole('heading', { level: 1, name: '1 of 2 seats covered' });
    sessionEnd.set(true);
    const dialog = within(await screen.findByRole('alertdialog', { name: 'Your session has ended' }));
    expect(dialog.getByLabelText('E-mail address')).toHaveValue('nadia@example.org');
    expect(screen.getByRole('searchbox', { hidden: true })).toHaveValue('birch');
  });

  it('says that an address leads nowhere', async () => {
    window.scrollTo = () => undefined;
    visit('/nowhere', relay());
    expect(await screen.findByRole('heading', { name: 'There is nothing at this address.' })).toBeVisible();
  });
});
