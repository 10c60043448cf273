import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import type { Missing } from '@/api/shapes';
import { CharterMissing } from '@/features/relays/charter-missing';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';

const seat = { id: 's1', code: '0101', name: 'North, 1st' };
const holder = { term: 't1', name: 'Camille Vernoux', seat, kind: 'relay' as const, asked_at: null };
const missing: Missing = {
  number: 2,
  agree_by: null,
  is_past: false,
  items: [holder, { ...holder, term: 't2', name: 'Yann Prat' }],
  to_remind: 1,
};

it('takes the number of the paper that a holder signed, and says what is wrong with it', async () => {
  const typed: unknown[] = [];
  server.use(
    http.get('*/api/v1/relays/charter/missing/', () => HttpResponse.json(missing)),
    http.post('*/api/v1/relays/terms/t2/charter/paper/', async ({ request }) => {
      const said = (await request.json()) as { paper_number: string };
      typed.push(said.paper_number);
      return said.paper_number
        ? HttpResponse.json({ ...missing, items: [holder] })
        : HttpResponse.json({ code: 'invalid', fields: { paper_number: ['Copy the number.'] } }, { status: 400 });
    }),
  );
  const { container, user } = show(<CharterMissing />);
  await user.click(await screen.findByRole('button', { name: 'Yann Prat: agreed on paper' }));
  const line = screen.getByText('Yann Prat').closest('li') as HTMLElement;
  await user.click(within(line).getByRole('button', { name: 'Enter it' }));
  expect(await within(line).findByText('Copy the number.')).toBeVisible();
  await expectNoAxeFinding(container);
  await user.type(within(line).getByRole('textbox'), 'C-12{Enter}');
  expect(await screen.findByText('1 person has not agreed yet')).toBeVisible();
  expect(screen.queryByText('Yann Prat')).toBeNull();
  expect(typed).toEqual(['', 'C-12']);
});
