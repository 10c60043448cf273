import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CalendarWindow } from '@/api/shapes';
import { CalendarDesk } from '@/features/actions/calendar-desk';
import { ClashesList } from '@/features/actions/clashes-list';
import { expectNoAxeFinding } from '~tests/axe';
import { action, me } from '~tests/samples';
import { server } from '~tests/server';
import { show } from '~tests/show';

const area = { country: 'ZZ', kind: 'department', code: '01', name: 'Alder', is_country: false };
const holidays: CalendarWindow = {
  id: 'w1',
  kind: 'holiday',
  area,
  starts_on: '2027-02-13',
  ends_on: '2027-02-28',
  called: 'School holidays, zone B',
  labels: { en: 'School holidays, zone B' },
  source: '',
  can_change: true,
};
const grant = { role: 'organiser', origin: 'appointed', area: { ...area, id: 'ar1' } };

describe('days that count', () => {
  beforeEach(() => {
    server.use(
      http.get('*/api/v1/actions/calendar/', () => HttpResponse.json({ items: [holidays] })),
      http.get('*/api/v1/accounts/me/', () => HttpResponse.json(me({ grants: [grant] as never }))),
    );
  });

  it('are written for a place that one organises, and a chosen line is changed', async () => {
    const sent: unknown[] = [];
    server.use(
      http.post('*/api/v1/actions/calendar/', async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json(holidays, { status: 201 });
      }),
      http.put('*/api/v1/actions/calendar/w1/', async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json(holidays);
      }),
    );
    const { user, container } = show(<CalendarDesk />);
    await screen.findByRole('option', { name: 'Alder' });
    await user.type(screen.getByLabelText('Name in English'), 'Zone B');
    await user.type(screen.getByLabelText('First day'), '2027-02-13');
    await user.type(screen.getByLabelText('Last day'), '2027-02-28');
    await expectNoAxeFinding(container);
    await user.click(screen.getByRole('button', { name: 'Add' }));
    expect(await screen.findByText('Added.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'School holidays, zone B' }));
    await user.click(await screen.findByRole('button', { name: 'Keep the changes' }));
    await waitFor(() => {
      expect(sent).toMatchObject([
        { kind: 'holiday', area_kind: 'department', area: '01', starts_on: '2027-02-13', labels: { en: 'Zone B' } },
        { area: '01', ends_on: '2027-02-28', labels: { en: 'School holidays, zone B' } },
      ]);
    });
  });

  it('come from a table that is looked at first; wrong lines are said one by one', async () => {
    const asked: (string | null)[] = [];
    server.use(
      http.post('*/api/v1/actions/calendar/file/', ({ request }) => {
        const dry = new URL(request.url).searchParams.get('dry');
        asked.push(dry);
        return HttpResponse.json({
          is_trial: dry === 'true',
          added: 1,
          items: [{ line: 2, is_known: false, window: holidays }],
        });
      }),
    );
    const { user } = show(<CalendarDesk />);
    await user.upload(await screen.findByLabelText('Choose a CSV file'), new File(['kind'], 'days.csv'));
    expect(await screen.findByText('This file brings 1 new line.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Add this line' }));
    expect(await screen.findByText('1 line added.')).toBeVisible();
    expect(asked).toEqual(['true', null]);
    server.use(
      http.post('*/api/v1/actions/calendar/file/', () =>
        HttpResponse.json(
          { code: 'wrong_lines', detail: 'x', rows: [{ line: 3, fields: { to: ['This is not a day.'] } }] },
          { status: 400 },
        ),
      ),
    );
    await user.upload(screen.getByLabelText('Choose a CSV file'), new File(['kind'], 'days.csv'));
    expect(await screen.findByText('Line 3:')).toBeVisible();
    expect(screen.getByText('This is not a day.')).toBeVisible();
  });
});

describe('what a launch would meet', () => {
  it('says for how many seats, and names them once asked', async () => {
    server.use(
      http.get('*/api/v1/actions/x1/clashes/', () =>
        HttpResponse.json({
          days: [{ ...holidays, is_expected: true, seats: ['A01', 'A02'] }],
          actions: [{ action: 'x9', title: 'Other', seats: ['A01'] }],
          refused: [{ reason: 'stopped', said: 'stopped this', seats: ['A02'] }],
          silent: [],
        }),
      ),
      http.get('*/api/v1/actions/x1/seats/', () =>
        HttpResponse.json({ items: [{ id: 's1', code: 'A01', name: 'Alder, north' }] }),
      ),
    );
    const { user, container } = show(<ClashesList action={action()} />);
    expect(await screen.findByText(/2 seats in School holidays, zone B, 13 February 2027/)).toBeVisible();
    expect(screen.getByText(/In 1 seat the action “Other” asks somebody/)).toBeVisible();
    expect(screen.getByText('In 1 seat the brief would not arrive: stopped this.')).toBeVisible();
    await user.click(screen.getByText('Which 2 seats'));
    expect(await screen.findByText('Alder, north')).toBeVisible();
    expect(screen.getByText('A02')).toBeVisible();
    await expectNoAxeFinding(container);
  });
});
