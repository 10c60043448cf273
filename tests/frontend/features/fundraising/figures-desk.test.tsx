import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FiguresDesk } from '@/features/fundraising/figures/figures-desk';
import * as files from '@/lib/save-file';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';
import { recipient } from './samples';
import { cohorts, figures, fundChoice, placeTotals, told } from './samples-figures';

const fund = '*/api/v1/fundraising/funds/party/dashboard/';
const places = { mapSrc: null, credit: '', seats: new Map([['3803', 'filled' as const]]) };

describe('the figures of a fund', () => {
  const asked: string[] = [];
  beforeEach(() => {
    asked.length = 0;
    server.use(
      http.get('*/api/v1/fundraising/dashboards/', () => HttpResponse.json([fundChoice])),
      http.get(fund, ({ request }) => {
        asked.push(new URL(request.url).search);
        return HttpResponse.json(figures);
      }),
      http.get('*/api/v1/fundraising/treasury/', () =>
        HttpResponse.json({
          items: [{ ...recipient, differences: 1, due_at: '2026-12-01T10:00:00Z' }],
          near_identities: 0,
        }),
      ),
      http.get('*/api/v1/fundraising/treasury/party/payouts/', () =>
        HttpResponse.json({
          items: [{ id: 'po_1', amount: 1_184_600, state: 'in_transit', arrives_on: '2026-11-24' }],
          next: null,
        }),
      ),
      http.get(`${fund}places/`, () => HttpResponse.json(placeTotals)),
      http.get(`${fund}sources/`, () =>
        HttpResponse.json({
          items: [{ link: 'letter', donations: 10, cents: 30_000 }],
          other_donations: 2,
          other_cents: 900,
        }),
      ),
      http.get(`${fund}monthly/`, () => HttpResponse.json(cohorts)),
    );
  });

  it('says which part of the money small donations bring, drawn and as a table', async () => {
    const { container } = show(<FiguresDesk places={places} />);
    expect(await screen.findByRole('heading', { name: figures.donations.title })).toBeVisible();
    expect(screen.getAllByText('€337,119')[0]).toBeVisible();
    expect(screen.getByRole('img', { name: /94% of donations, 78% of the money/ })).toBeVisible();
    const steps = screen.getByRole('table', { name: 'By amount' });
    expect(within(steps).getByRole('row', { name: 'less than €15 5,200 €45,867 14%' })).toBeVisible();
    expect(within(steps).getByRole('row', { name: 'Total 13,426 €337,119 100%' })).toBeVisible();
    expect(screen.getByRole('heading', { name: figures.days_title })).toBeVisible();
    expect(await screen.findByRole('heading', { name: cohorts.title })).toBeVisible();
    await expectNoAxeFinding(container);
  });

  it('says what its treasurer has to do, and leads there', async () => {
    show(<FiguresDesk places={places} />);
    expect(await screen.findByRole('link', { name: 'See 2 cards wait' })).toHaveAttribute(
      'href',
      '/desk/money/decide?fund=party&what=held',
    );
    expect(screen.getByRole('link', { name: 'See 1 difference to explain' })).toBeVisible();
    expect(screen.getByText(/the first before Tuesday 1 December/)).toBeVisible();
    expect(await screen.findByText('€11,846 reach the bank on Tuesday 24 November.')).toBeVisible();
  });

  it('counts by person on a switch, which the address keeps', async () => {
    const { user, router } = show(<FiguresDesk places={places} />);
    await user.click(await screen.findByRole('button', { name: 'By person' }));
    expect(screen.getByRole('heading', { name: figures.givers.title })).toBeVisible();
    expect(router.state.location.search).toBe('?by=givers');
  });

  it('asks for another period', async () => {
    const { user, router } = show(<FiguresDesk places={places} />);
    await user.selectOptions(await screen.findByLabelText('Period'), 'all');
    expect(router.state.location.search).toBe('?period=all');
    await waitFor(() => {
      expect(asked).toContain('?period=all');
    });
  });

  it('lays places beside the state of their seats, filters and sorts them', async () => {
    const { user, router } = show(<FiguresDesk places={places} />);
    const table = await screen.findByRole('group', { name: 'By constituency' });
    expect(within(table).getByRole('row', { name: /Isère 3.*filled.*148 121 €4,106 €35/i })).toBeVisible();
    expect(within(table).getByRole('row', { name: /Grenoble.*in several constituencies.*9 9 €210/i })).toBeVisible();
    await user.type(screen.getByLabelText('Filter by name or code'), 'drome');
    await waitFor(() => {
      expect(within(table).getAllByRole('rowheader')).toHaveLength(1);
    });
    await user.click(within(table).getByRole('button', { name: 'People' }));
    expect(router.state.location.search).toBe('?q=drome&sort=people');
  });

  it('gives the table of places once one typed why', async () => {
    const saved = vi.spyOn(files, 'saveFile').mockImplementation(() => undefined);
    const taken: unknown[] = [];
    server.use(
      http.post(`${fund}places/export/`, async ({ request }) => {
        taken.push(await request.json());
        return new HttpResponse('Code', { headers: { 'Content-Type': 'text/csv' } });
      }),
    );
    const { user } = show(<FiguresDesk places={places} />);
    await user.click(await screen.findByRole('button', { name: 'Export 3 rows' }));
    const asking = screen.getByRole('dialog', { name: 'Export 3 rows' });
    expect(within(asking).getByText(/It names nobody/)).toBeVisible();
    await user.type(within(asking).getByRole('textbox'), 'for the report');
    await user.click(within(asking).getByRole('button', { name: 'Take the file' }));
    await waitFor(() => {
      expect(taken).toEqual([{ reason: 'for the report' }]);
    });
    expect(saved).toHaveBeenCalled();
  });

  it('gives the curve as a drawing and as numbers', async () => {
    const saved = vi.spyOn(files, 'saveFile').mockImplementation(() => undefined);
    const { user } = show(<FiguresDesk places={places} />);
    await user.click(await screen.findByRole('button', { name: 'Download the data' }));
    await user.click(screen.getByRole('button', { name: 'Download the image' }));
    const [[table, name], [drawing]] = saved.mock.calls as [[Blob, string], [Blob, string]];
    expect(name).toBe('party-2026-11-donations.csv');
    expect(await table.text()).toContain('0.940000,0.780000');
    expect(await drawing.text()).toContain('xmlns="http://www.w3.org/2000/svg"');
  });

  it('sets the threshold, and says what is wrong with one', async () => {
    const bodies: unknown[] = [];
    server.use(
      http.put(`${fund}threshold/`, async ({ request }) => {
        bodies.push(await request.json());
        return HttpResponse.json({ fields: { small_under: ['Choose another.'] } }, { status: 400 });
      }),
    );
    const { user } = show(<FiguresDesk places={places} />);
    await user.click(await screen.findByRole('button', { name: 'Change the threshold' }));
    const field = screen.getByLabelText(/A small donation is under/);
    await user.clear(field);
    await user.type(field, '12,345');
    await user.click(screen.getByRole('button', { name: 'Count under this threshold' }));
    expect(await screen.findByText('Choose another.')).toBeVisible();
    expect(bodies).toEqual([{ small_under: 1235 }]);
  });
});

describe('what an organiser reads', () => {
  it('is a month that is over, and not what few people gave', async () => {
    server.use(
      http.get('*/api/v1/fundraising/dashboards/', () => HttpResponse.json([{ ...fundChoice, reads: 'months' }])),
      http.get('*/api/v1/fundraising/funds/party/months/', () => HttpResponse.json(told)),
    );
    const { container } = show(<FiguresDesk places={places} />);
    expect(await screen.findByText('In all 15 people, €300')).toBeVisible();
    expect(screen.getByRole('row', { name: /Drôme 3.*fewer than 5 people: not shown/ })).toBeVisible();
    expect(screen.getByRole('figure', { name: /4 euros in 10/ })).toHaveTextContent('€120');
    expect(screen.getByRole('row', { name: /September 2026.*not shown/ })).toBeVisible();
    await expectNoAxeFinding(container);
  });
});
