import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { DuplicatesDesk } from '@/features/people/duplicates-desk';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';

const record = (id: string, family: string, email: string) => ({
  id,
  given_name: 'Nadia',
  family_name: family,
  initial: family[0],
  locality: null,
  area: { code: 'A02', name: 'Alder, 2nd' },
  joined_on: '2026-11-01',
  contacts: [{ channel: 'email', value: email, is_verified: true }],
});
const one = record('p1', 'Ferhat', 'nadia@example.org');
const other = record('p2', 'Ferat', 'n.ferat@example.org');
const pair = { id: 'd1', reasons: [{ code: 'near_area', told: 'nearly the same name' }], people: [one, other] };
const merge = {
  id: 'm1',
  person_id: 'p1',
  absorbed_id: 'p2',
  person: 'Nadia Ferhat',
  absorbed: 'Nadia Ferat',
  by: 'Inès Prat',
  merged_at: '2026-11-20T10:00:00Z',
  undone_at: null,
};
const preview = (kept: string, bars: string[]) => ({
  kept: kept === 'p1' ? one : other,
  absorbed: kept === 'p1' ? other : one,
  compared: [
    { name: 'given_name', kept: 'Nadia', absorbed: 'Nadia', differs: false, chosen: 'kept' },
    {
      name: 'family_name',
      kept: kept === 'p1' ? 'Ferhat' : 'Ferat',
      absorbed: kept === 'p1' ? 'Ferat' : 'Ferhat',
      differs: true,
      chosen: 'kept',
    },
  ],
  moves: [
    { told: 'messages', moves: 3, stays: 1 },
    { told: 'papers', moves: 1, stays: 0 },
  ],
  withdrawn: 1,
  two_users: true,
  bars,
});

describe('records that may be of one person', () => {
  let pairs = [pair];
  let merges = [merge];
  let bars: string[] = [];
  const sent: unknown[] = [];
  beforeEach(() => {
    pairs = [pair];
    merges = [merge];
    bars = [];
    sent.length = 0;
    server.use(
      http.get('*/api/v1/people/duplicates/', () => HttpResponse.json({ items: pairs, next: null })),
      http.get('*/api/v1/people/duplicates/count/', () => HttpResponse.json({ count: pairs.length, is_more: false })),
      http.get('*/api/v1/people/merges/', () => HttpResponse.json({ items: merges, next: null })),
      http.get('*/api/v1/people/merges/preview/', ({ request }) =>
        HttpResponse.json(preview(new URL(request.url).searchParams.get('kept') ?? '', bars)),
      ),
      http.post('*/api/v1/people/merges/', async ({ request }) => {
        sent.push(await request.json());
        pairs = [];
        return HttpResponse.json({ id: 'm2' }, { status: 201 });
      }),
      http.post('*/api/v1/people/merges/:id/undo/', ({ params }) => {
        sent.push({ undone: params.id });
        pairs = [pair];
        return HttpResponse.json({ id: params.id });
      }),
      http.post('*/api/v1/people/duplicates/told-apart/', async ({ request }) => {
        sent.push(await request.json());
        pairs = [];
        return HttpResponse.json({ id: 't1' }, { status: 201 });
      }),
      http.delete('*/api/v1/people/duplicates/told-apart/t1/', () => {
        pairs = [pair];
        return new HttpResponse(null, { status: 204 });
      }),
    );
  });

  async function opened() {
    const shown = show(<DuplicatesDesk />);
    await shown.user.click(await screen.findByRole('button', { name: 'Nadia Ferhat · Nadia Ferat' }));
    const panel = within(screen.getByRole('complementary', { name: 'The two records' }));
    await panel.findByText('messages: 3');
    return { ...shown, panel };
  }

  it('is walked through with J, and the panel follows', async () => {
    const { user } = show(<DuplicatesDesk />);
    await screen.findByRole('button', { name: 'Nadia Ferhat · Nadia Ferat' });
    await user.keyboard('j');
    const panel = within(screen.getByRole('complementary', { name: 'The two records' }));
    expect(await panel.findByText('messages: 3')).toBeVisible();
  });

  it('shows two records side by side, what moves and what does not', async () => {
    const { container, panel } = await opened();
    expect(panel.getByText(/Does not move.*messages: 1/)).toBeVisible();
    expect(panel.getByText(/1 agreement ends/)).toBeVisible();
    expect(panel.getByText(/Both sign in/)).toBeVisible();
    expect(panel.getByText('n.ferat@example.org')).toBeVisible();
    await expectNoAxeFinding(container);
  });

  it('joins them with the values chosen, and takes them apart from the toast', async () => {
    const { user, panel } = await opened();
    await user.click(panel.getByRole('radio', { name: 'Ferat' }));
    await user.click(panel.getByRole('button', { name: 'Join the two records' }));
    await user.click(await screen.findByRole('button', { name: /Undo/ }));
    await waitFor(() => {
      expect(sent).toEqual([
        { kept: 'p1', absorbed: 'p2', values: { given_name: 'kept', family_name: 'absorbed' } },
        { undone: 'm2' },
      ]);
    });
    expect(await screen.findByRole('button', { name: 'Nadia Ferhat · Nadia Ferat' })).toBeVisible();
  });

  it('keeps the other record when it is chosen', async () => {
    const { user, panel } = await opened();
    await user.click(panel.getByRole('radio', { name: /n.ferat@example.org/ }));
    await user.click(await panel.findByRole('button', { name: 'Join the two records' }));
    await waitFor(() => {
      expect(sent).toMatchObject([{ kept: 'p2', absorbed: 'p1' }]);
    });
  });

  it('tells two people apart, and proposes them again when undone', async () => {
    const { user, panel } = await opened();
    await user.click(panel.getByRole('button', { name: 'These are two people' }));
    expect(await screen.findByText('No record stands twice')).toBeVisible();
    await user.click(screen.getByRole('button', { name: /Undo/ }));
    expect(await screen.findByRole('button', { name: 'Nadia Ferhat · Nadia Ferat' })).toBeVisible();
    expect(sent).toEqual([{ person: 'p1', other: 'p2' }]);
  });

  it('says what has to be settled first', async () => {
    bars = ['One holds the seat and the other stands in there.'];
    const { panel } = await opened();
    expect(panel.getByText(/stands in there/)).toBeVisible();
    expect(panel.getByRole('button', { name: 'Join the two records' })).toBeDisabled();
  });

  it('takes records apart that were joined earlier', async () => {
    const { user } = show(<DuplicatesDesk />);
    await user.click(await screen.findByRole('button', { name: 'Take apart the records of Nadia Ferhat' }));
    await waitFor(() => {
      expect(sent).toEqual([{ undone: 'm1' }]);
    });
  });
});
