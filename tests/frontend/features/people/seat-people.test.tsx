import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { Route, Routes } from 'react-router';
import { beforeEach, describe, expect, it } from 'vitest';
import { SeatPeople } from '@/app/routes/seat-people';
import { expectNoAxeFinding } from '~tests/axe';
import { me } from '~tests/samples';
import { server } from '~tests/server';
import { show } from '~tests/show';

const claire = {
  id: 'p1',
  given_name: 'Claire',
  initial: 'D',
  family_name: null,
  locality: { code: '01001', name: 'Valbrune' },
  area: { code: '0101', name: 'Alder, 1st' },
  joined_on: null,
  contacts: [{ channel: 'phone', value: '0612345678', is_verified: true }],
};
const karim = { ...claire, id: 'p2', given_name: 'Karim', initial: 'B' };
const place = (id: string, name: string) => ({ id, country: 'ZZ', kind: 'seat', code: id, name });
const grant = (id: string, name: string) => ({
  role: 'relay' as const,
  area: place(id, name),
  starts_at: '2026-01-01T00:00:00Z',
  ends_at: null,
});

describe('the people of a relay’s place', () => {
  const asked: URLSearchParams[] = [];
  let found = [claire];
  beforeEach(() => {
    asked.length = 0;
    found = [claire];
    server.use(
      http.get('*/api/v1/accounts/me/', () => HttpResponse.json({ ...me(), grants: [grant('a1', 'Alder, 1st')] })),
      http.get('*/api/v1/people/', ({ request }) => {
        const query = new URL(request.url).searchParams;
        asked.push(query);
        return HttpResponse.json(
          query.get('after')
            ? { items: [karim], next: null, is_near: false }
            : { items: found, next: found.length ? 'sealed' : null, is_near: false },
        );
      }),
      http.get('*/api/v1/people/count/', () => HttpResponse.json({ count: found.length && 2, is_more: false })),
      http.get('*/api/v1/people/p1/', () => HttpResponse.json({ ...claire, qualifications: [] })),
    );
  });

  it('lists who agreed, whenever they joined, page by page', async () => {
    const { container, user } = show(<SeatPeople />);
    expect(await screen.findByRole('heading', { name: 'Claire D' })).toBeVisible();
    expect(Object.fromEntries(asked[0] ?? [])).toEqual({ area: 'a1' });
    expect(screen.getByRole('link', { name: '0612345678' })).toHaveAttribute('href', 'tel:0612345678');
    expect(await screen.findByText('2 people')).toBeVisible();
    await expectNoAxeFinding(container);
    await user.click(screen.getByRole('button', { name: 'Show more' }));
    expect(await screen.findByRole('heading', { name: 'Karim B' })).toBeVisible();
  });

  it('searches first names and narrows by the way that they agreed to', async () => {
    const { user, router } = show(<SeatPeople />);
    await user.type(await screen.findByRole('searchbox', { name: 'Search a first name' }), 'cla');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Agreed to be contacted' }), 'By telephone');
    await waitFor(() => {
      expect(Object.fromEntries(asked.at(-1) ?? [])).toEqual({ area: 'a1', agreed: 'phone', q: 'cla' });
    });
    expect(router.state.location.search).toContain('agreed=phone');
    expect(screen.queryByRole('combobox', { name: 'Place' })).toBeNull();
    expect(screen.queryByRole('option', { name: 'Not agreed' })).toBeNull();
  });

  it('opens a card, from where a wish for a seat is entered in the shell of a relay', async () => {
    const { user } = show(<SeatPeople />);
    await user.click(await screen.findByRole('button', { name: 'See Claire D' }));
    const card = await screen.findByRole('dialog', { name: 'Claire D' });
    expect(await within(card).findByRole('link', { name: 'Enter that they ask for a seat' })).toHaveAttribute(
      'href',
      '/enter?person=p1',
    );
    await expectNoAxeFinding(card);
  });

  it('takes what is shown away as a file, for a reason', async () => {
    const sent: unknown[] = [];
    server.use(
      http.post('*/api/v1/people/export/', async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json({ code: 'reason_missing', fields: { reason: ['Say why.'] } }, { status: 400 });
      }),
    );
    const { user } = show(<SeatPeople />, { at: '/?agreed=phone' });
    await user.click(await screen.findByRole('button', { name: 'Take as a file' }));
    await user.type(screen.getByRole('textbox', { name: 'Why do you take it?' }), 'calls');
    await user.click(screen.getByRole('button', { name: 'Take the file' }));
    expect(await screen.findByText('Say why.')).toBeVisible();
    expect(sent).toEqual([{ reason: 'calls', filters: { area: 'a1', agreed: 'phone' } }]);
  });

  it('says what to do while nobody agreed', async () => {
    found = [];
    const { container } = show(<SeatPeople />);
    expect(await screen.findByRole('heading', { name: 'Nobody has agreed yet that you contact them' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Take as a file' })).toBeNull();
    await expectNoAxeFinding(container);
  });

  it('lets who holds two seats choose, and sends away who holds none', async () => {
    const grants = [grant('a1', 'Alder, 1st'), grant('a2', 'Alder, 2nd')];
    server.use(http.get('*/api/v1/accounts/me/', () => HttpResponse.json({ ...me(), grants }), { once: true }));
    const two = show(<SeatPeople />);
    await two.user.selectOptions(await screen.findByRole('combobox', { name: 'Place' }), 'Alder, 2nd');
    await waitFor(() => {
      expect(asked.at(-1)?.get('area')).toBe('a2');
    });
    two.unmount();
    server.use(http.get('*/api/v1/accounts/me/', () => HttpResponse.json({ ...me(), grants: [] })));
    const none = show(
      <Routes>
        <Route path="/seat/people" element={<SeatPeople />} />
        <Route path="/seat" element={null} />
      </Routes>,
      { at: '/seat/people' },
    );
    await waitFor(() => {
      expect(none.router.state.location.pathname).toBe('/seat');
    });
  });
});
