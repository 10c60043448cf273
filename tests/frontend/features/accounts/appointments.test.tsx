import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import type { Appointment, AppointmentAsked } from '@/api/shapes';
import { AppointmentForm } from '@/features/accounts/appointment-form';
import { AppointmentsDesk } from '@/features/accounts/appointments-desk';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';

const area = {
  id: 'a1',
  country: 'XM',
  kind: 'country',
  code: 'XM',
  name: 'Little Country',
};
const mine: Appointment = {
  id: 'g1',
  role: 'administrator',
  area,
  address: 'a…e@people.example',
  is_me: true,
  starts_at: '2026-11-01T10:00:00Z',
  has_signed_in: true,
};
const kinds = [
  { code: 'country', name: 'country' },
  { code: 'department', name: 'department' },
];

describe('roles', () => {
  it('gives one in a department by address, and lists it', async () => {
    const items = [mine];
    const asked: AppointmentAsked[] = [];
    server.use(
      http.get('*/api/v1/accounts/appointments/', () => HttpResponse.json({ items })),
      http.get('*/api/v1/territories/areas/', ({ request }) => {
        const kind = new URL(request.url).searchParams.get('kind') ?? '';
        const place = { ...area, kind, time_zone: 'UTC', population: null };
        return HttpResponse.json({
          items:
            kind === 'country'
              ? [{ ...place, display_code: 'XM' }]
              : [{ ...place, code: '01', display_code: '01', name: 'Alder' }],
          next: null,
        });
      }),
      http.post('*/api/v1/accounts/appointments/', async ({ request }) => {
        const body = (await request.json()) as AppointmentAsked;
        asked.push(body);
        if (!body.email.includes('@'))
          return HttpResponse.json({ fields: { email: ['No address.'] } }, { status: 400 });
        const made = {
          ...mine,
          id: 'g2',
          role: body.role,
          address: 'o…a@people.example',
          is_me: false,
          has_signed_in: false,
        };
        items.push(made);
        return HttpResponse.json(made, { status: 201 });
      }),
    );
    const { container, user } = show(
      <>
        <AppointmentsDesk />
        <AppointmentForm country="XM" kinds={kinds} />
      </>,
    );
    await user.selectOptions(await screen.findByRole('combobox', { name: 'How far' }), 'Department');
    expect(await screen.findByRole('option', { name: '01 · Alder' })).toBeInTheDocument();
    await user.type(screen.getByRole('textbox', { name: 'E-mail address' }), 'orga@people.example');
    await user.click(screen.getByRole('button', { name: 'Give this role' }));
    expect(await screen.findByRole('cell', { name: 'invitation sent' })).toBeVisible();
    expect(asked).toEqual([
      {
        email: 'orga@people.example',
        role: 'organiser',
        country: 'XM',
        kind: 'department',
        code: '01',
      },
    ]);
    expect(screen.getByRole('status', { name: '' })).toHaveTextContent('A message leaves for o…a@people.example');
    await expectNoAxeFinding(container);
  });

  it('ends one unless it is taken back', async () => {
    const ended: string[] = [];
    server.use(
      http.get('*/api/v1/accounts/appointments/', () => HttpResponse.json({ items: [mine] })),
      http.post('*/api/v1/accounts/appointments/:id/end/', ({ params }) => {
        ended.push(String(params.id));
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user, unmount } = show(<AppointmentsDesk />);
    const end = { name: 'End it: Administrator, Little Country' };
    await user.click(await screen.findByRole('button', end));
    await user.click(await screen.findByRole('button', { name: /^Undo/ }));
    expect(await screen.findByRole('button', end)).toBeVisible();
    expect(ended).toEqual([]);
    await user.click(screen.getByRole('button', end));
    unmount();
    await expect.poll(() => ended).toEqual(['g1']);
  });
});
