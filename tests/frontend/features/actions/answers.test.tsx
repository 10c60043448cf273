import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { AnswerCard } from '@/features/actions/answer-card';
import { TakeOverCard } from '@/features/actions/take-over-card';
import { expectNoAxeFinding } from '~tests/axe';
import { assignment } from '~tests/samples';
import { server } from '~tests/server';
import { show } from '~tests/show';

const open = { accept: true, decline: true, block: true, report: false };

it('takes what prevents it, once it is said', async () => {
  let sent: unknown;
  server.use(
    http.post('*/api/v1/actions/assignments/g1/block/', async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json(assignment({ answer: 'blocked', reason: 'Closed.' }));
    }),
  );
  const { user, container } = show(<AnswerCard assignment={assignment({ answer: 'waiting', abilities: open })} />);
  await user.click(screen.getByRole('button', { name: 'Something prevents it' }));
  expect(screen.getByRole('button', { name: 'Send' })).toBeDisabled();
  await user.type(screen.getByRole('textbox', { name: 'What prevents it?' }), ' Closed. ');
  await expectNoAxeFinding(container);
  await user.click(screen.getByRole('button', { name: 'Send' }));
  await waitFor(() => {
    expect(sent).toEqual({ reason: 'Closed.' });
  });
});

it('says to a holder who is relieved that nothing is left to do', () => {
  const nothing = { accept: false, decline: false, block: false, report: false };
  show(<AnswerCard assignment={assignment({ answer: 'waiting', is_relieved: true, abilities: nothing })} />);
  expect(screen.getByText('somebody next door goes for you')).toBeVisible();
  expect(screen.getByText(/There is nothing left for you to do/)).toBeVisible();
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
});

it('asks a neighbour, whose yes and no are as easy as one another', async () => {
  const said: string[] = [];
  const question = {
    id: 'q1',
    status: 'asked',
    seat: { id: 's2', code: 'A02', name: 'Alder, 2nd' },
    title: 'One question',
    summary: '',
    starts_at: '2026-12-02T08:00:00Z',
    ends_at: '2026-12-02T18:00:00Z',
    asked_at: '2026-11-30T08:00:00Z',
    assignment: 'g2',
  } as const;
  server.use(
    http.post('*/api/v1/actions/take-overs/q1/:answer/', ({ params }) => {
      said.push(String(params.answer));
      return HttpResponse.json({ ...question, status: 'declined' });
    }),
  );
  const { user, container } = show(<TakeOverCard question={question} turn="one_thing" />);
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Alder, 2nd, next door: would you take it over?');
  await expectNoAxeFinding(container);
  await user.click(screen.getByRole('button', { name: 'I cannot' }));
  await waitFor(() => {
    expect(said).toEqual(['decline']);
  });
  await user.click(screen.getByRole('button', { name: 'I take it over' }));
  await waitFor(() => {
    expect(said).toEqual(['decline', 'accept']);
  });
});
