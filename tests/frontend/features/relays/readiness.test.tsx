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
  const { container, user } = show(<Readiness who={{ kind: 'application', id: 'a1' }} />);
  expect(await screen.findByText(/Lacks: First steps/)).toBeVisible();
  await user.type(screen.getByLabelText(/Last day on which “First steps” counts/), '2027-06-30');
  await expectNoAxeFinding(container);
  await user.click(screen.getByRole('button', { name: 'Record it' }));
  expect(await screen.findByText(/Has: First steps/)).toHaveTextContent('Until Wednesday 30 June.');
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(await screen.findByText(/Lacks: First steps/)).toBeVisible();
  expect(asked).toEqual([{ code: 'first', ends_on: '2027-06-30' }, 'undo']);
});

it('of whoever holds a seat, the paper that they signed and what they have learnt are written down too', async () => {
  const asked: unknown[] = [];
  const charter = { number: 2, agreed_at: null, agreed_by: null, paper_number: '', sent_at: null };
  const signed = { ...charter, agreed_at: '2026-11-25T10:00:00Z', agreed_by: 'paper', paper_number: 'C-9' };
  let now = { ...ready, charter, abilities: { send_charter: false, note_paper: true, qualify: true } };
  server.use(
    http.get('*/api/v1/relays/terms/t2/readiness/', () => HttpResponse.json(now)),
    http.post('*/api/v1/relays/terms/t2/charter/paper/', async ({ request }) => {
      asked.push(await request.json());
      now = { ...now, charter: signed as unknown as typeof charter };
      return HttpResponse.json({ number: 2, agree_by: null, is_past: false, items: [], to_remind: 0 });
    }),
    http.post('*/api/v1/relays/terms/t2/qualifications/', async ({ request }) => {
      asked.push(await request.json());
      return HttpResponse.json({ ...now, is_ready: true, qualifications: [{ ...lacking, id: 'q1' }] });
    }),
    http.delete('*/api/v1/relays/terms/t2/qualifications/q1/', () => {
      asked.push('undo');
      return HttpResponse.json(now);
    }),
  );
  const { container, user } = show(<Readiness who={{ kind: 'term', id: 't2' }} title="What a seat asks for" />);
  expect(await screen.findByRole('heading', { name: 'What a seat asks for' })).toBeVisible();
  expect(screen.queryByRole('button', { name: /Send it to read/ })).toBeNull();
  await user.click(screen.getByRole('button', { name: /Agreed on paper/ }));
  await user.type(screen.getByLabelText(/Number of the signed paper/), 'C-9');
  await expectNoAxeFinding(container);
  await user.click(screen.getByRole('button', { name: 'Enter it' }));
  expect(await screen.findByText(/paper number C-9/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Record it' }));
  expect(await screen.findByText(/Has: First steps/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(await screen.findByText(/Lacks: First steps/)).toBeVisible();
  expect(asked).toEqual([{ paper_number: 'C-9' }, { code: 'first', ends_on: null }, 'undo']);
});
