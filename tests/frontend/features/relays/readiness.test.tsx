import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { Readiness } from '@/features/relays/readiness';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';

const lacking = { code: 'first', name: 'First steps', id: null, obtained_on: null, ends_on: null };
const ready = {
  is_ready: false,
  charter: null,
  qualifications: [lacking],
  abilities: { send_charter: false, note_paper: false, qualify: true },
};

it('what a network asks for is recorded with its last day, and undone', async () => {
  const asked: unknown[] = [];
  const held = { ...lacking, id: 'q1', obtained_on: '2026-11-29', ends_on: '2027-06-30' };
  server.use(
    http.get('*/api/v1/relays/applications/a1/readiness/', () => HttpResponse.json(ready)),
    http.post('*/api/v1/relays/applications/a1/qualifications/', async ({ request }) => {
      asked.push(await request.json());
      return HttpResponse.json({ ...ready, is_ready: true, qualifications: [held] });
    }),
    http.delete('*/api/v1/relays/applications/a1/qualifications/q1/', () => {
      asked.push('undo');
      return HttpResponse.json(ready);
    }),
  );
  const { container, user } = show(<Readiness application="a1" />);
  expect(await screen.findByText(/Lacks: First steps/)).toBeVisible();
  await user.type(screen.getByLabelText(/Last day on which “First steps” counts/), '2027-06-30');
  await expectNoAxeFinding(container);
  await user.click(screen.getByRole('button', { name: 'Record it' }));
  expect(await screen.findByText(/Has: First steps/)).toHaveTextContent('Until Wednesday 30 June.');
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(await screen.findByText(/Lacks: First steps/)).toBeVisible();
  expect(asked).toEqual([{ code: 'first', ends_on: '2027-06-30' }, 'undo']);
});
