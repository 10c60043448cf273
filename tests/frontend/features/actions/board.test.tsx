import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { BoardDesk } from '@/features/actions/board-desk';
import { mergeBoard } from '@/features/actions/board-query';
import { expectNoAxeFinding } from '~tests/axe';
import { action, board, boardStep, line, lineSteps, seats, stepPreview } from '~tests/samples';
import { server } from '~tests/server';
import { show } from '~tests/show';

const [one, two, three, four] = seats as [(typeof seats)[0], (typeof seats)[0], (typeof seats)[0], (typeof seats)[0]];
const lines = [
  line(one, {
    state: 'reported',
    answer: 'reported',
    report: {
      met: 'holder',
      met_on: '2026-11-22',
      stance: 1,
      quote: 'Yes.',
      failed: '',
      reported_at: '2026-11-22T10:00:00Z',
      version: 1,
      photo: '',
    },
  }),
  line(two, { state: 'empty', holder: null, holder_id: null }),
  line(three),
  line(four, { state: 'late', answer: 'accepted' }),
];
const running = action({
  status: 'launched',
  abilities: {
    edit: false,
    launch: false,
    correct: true,
    agree_to_launch: false,
    stop: true,
    see_board: true,
    take_steps: true,
  },
});
const desk = <BoardDesk action={running} mapSrc={null} credit="" officeHolder={() => <p>Who sits</p>} />;

describe('merging a poll', () => {
  it('lays what changed over what was known, with the new counts', () => {
    const before = mergeBoard(undefined, board(lines), '"1"');
    const changed = line(three, { state: 'accepted', answer: 'accepted' });
    const after = mergeBoard(before, { ...board([changed]), as_of: 'later', news: [changed] }, '"2"');
    expect([...after.lines.values()].map(({ state }) => state)).toEqual(['reported', 'empty', 'accepted', 'late']);
    expect(after).toMatchObject({ asOf: 'later', etag: '"2"', news: [changed] });
  });
});

describe('the live board', () => {
  beforeEach(() => {
    server.use(
      http.get('*/api/v1/actions/x1/board/', () => HttpResponse.json(board(lines), { headers: { ETag: '"1"' } })),
      http.get('*/api/v1/actions/x1/board/:line/', () => HttpResponse.json(lineSteps())),
      http.get('*/api/v1/actions/x1/steps/', () => HttpResponse.json({ items: [] })),
    );
  });

  it('draws one strip, filters by its counts, and shows a chosen seat with what to do', async () => {
    const { user, container, router } = show(desk);
    expect(
      await screen.findByRole('img', {
        name: /4 seats: 1 reported, 0 accepted, 1 no answer, 1 late, 0 next door, 1 empty seat/,
      }),
    ).toBeVisible();
    await user.click(screen.getByRole('button', { name: /1\s*Late/ }));
    expect(screen.getByRole('heading', { name: '1 late assignment' })).toBeVisible();
    expect(router.state.location.search).toBe('?state=late');
    await user.click(screen.getByRole('button', { name: 'Birch-sur-Été, 2nd' }));
    expect(screen.getByRole('link', { name: /Reach Camille/ })).toBeVisible();
    expect(screen.getByText('Has not opened the brief yet')).toBeVisible();
    await expectNoAxeFinding(container);
  });

  it('says what the rule for empty seats has done', async () => {
    server.use(
      http.get('*/api/v1/actions/x1/board/', () =>
        HttpResponse.json(board(lines, { vacant: { rule: 'neighbour', asked: 2, taken_over: 1 } })),
      ),
    );
    show(desk);
    expect(
      await screen.findByText('The rule for empty seats: 2 neighbours are asked. 1 was taken over.'),
    ).toBeVisible();
  });

  it('is walked through with J and K', async () => {
    const { user, container, router } = show(desk);
    await screen.findByRole('table');
    const order = [...container.querySelectorAll('[data-row]')].map((row) => row.getAttribute('data-row'));
    await user.keyboard('jj');
    expect(router.state.location.search).toBe(`?seat=${order[1] ?? ''}`);
    await user.keyboard('k');
    expect(router.state.location.search).toBe(`?seat=${order[0] ?? ''}`);
  });

  it('asks for what changed since, with the ETag, and keeps what it has on 304', async () => {
    const asked: { since: string | null; etag: string | null }[] = [];
    const { queries } = show(desk);
    await screen.findByRole('heading', { name: '4 assignments' });
    server.use(
      http.get('*/api/v1/actions/x1/board/', ({ request }) => {
        asked.push({
          since: new URL(request.url).searchParams.get('since'),
          etag: request.headers.get('If-None-Match'),
        });
        return new HttpResponse(null, { status: 304 });
      }),
    );
    await queries.refetchQueries({ queryKey: ['actions', 'board', 'x1'] });
    expect(asked).toEqual([{ since: expect.stringMatching(/^20/), etag: '"1"' }]);
    expect(screen.getByRole('heading', { name: '4 assignments' })).toBeVisible();
  });

  it('says that the connection is lost and keeps what it showed', async () => {
    const { queries } = show(desk);
    await screen.findByRole('heading', { name: '4 assignments' });
    server.use(http.get('*/api/v1/actions/x1/board/', () => HttpResponse.error()));
    await queries.refetchQueries({ queryKey: ['actions', 'board', 'x1'] });
    expect(await screen.findByText('Connection lost')).toBeVisible();
    expect(screen.getByText('What is shown dates from before the break.')).toBeVisible();
    expect(screen.getByRole('heading', { name: '4 assignments' })).toBeVisible();
  });

  it('stops only after saying how many people are told, with that number', async () => {
    let sent: unknown;
    server.use(
      http.get('*/api/v1/actions/x1/preview/', () =>
        HttpResponse.json({
          seats: 4,
          with_holder: 3,
          vacant: 1,
          messages: 3,
          without_email: 0,
          by_hand: 0,
          by_language: {},
          to_stop: 2,
        }),
      ),
      http.post('*/api/v1/actions/x1/stop/', async ({ request }) => {
        sent = await request.json();
        return HttpResponse.json({ ...running, status: 'stopped' });
      }),
    );
    const { user } = show(desk);
    await user.click(await screen.findByRole('button', { name: 'Stop the action' }));
    expect(await screen.findByText('2 people who have not reported yet are told by e-mail.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Stop the action' }));
    await waitFor(() => {
      expect(sent).toEqual({ expected: 2 });
    });
  });

  it('is taken away as a file once one typed why', async () => {
    let sent: unknown;
    server.use(
      http.post('*/api/v1/actions/x1/board/export/', async ({ request }) => {
        sent = await request.json();
        return HttpResponse.json({ code: 'reason_missing', fields: { reason: ['Say why.'] } }, { status: 400 });
      }),
    );
    const { user } = show(desk);
    await screen.findByRole('table');
    await user.click(screen.getByRole('button', { name: 'Export the table' }));
    expect(screen.getByText('Everyone in this table reads who took it away, and why.')).toBeVisible();
    await user.type(screen.getByRole('textbox', { name: 'Why do you take it?' }), 'x');
    await user.click(screen.getByRole('button', { name: 'Take the file' }));
    expect(await screen.findByText('Say why.')).toBeVisible();
    expect(sent).toEqual({ reason: 'x' });
  });

  it('relaunches the late ones after saying whom it reaches, and undoes it while it has not left', async () => {
    const sent: unknown[] = [];
    let undone = false;
    server.use(
      http.post('*/api/v1/actions/x1/steps/preview/', () =>
        HttpResponse.json(stepPreview({ number: 34, by_mail: 30, by_hand: 4, to_call: 2, paused: 3 })),
      ),
      http.post('*/api/v1/actions/x1/steps/', async ({ request }) => {
        sent.push(await request.json(), request.headers.get('Idempotency-Key'));
        return HttpResponse.json(boardStep({ number: 34 }), { status: 201 });
      }),
      http.post('*/api/v1/actions/x1/steps/w1/undo/', () => {
        undone = true;
        return HttpResponse.json(boardStep({ undone_at: '2026-11-22T10:00:00Z', can_undo: false }));
      }),
    );
    const { user } = show(desk);
    await user.click(await screen.findByRole('button', { name: 'Relaunch the 1 late one' }));
    expect(await screen.findByText('34 people are reminded.')).toBeVisible();
    expect(screen.getByText(/4 of them have no e-mail address/)).toBeVisible();
    expect(screen.getByText('2 more were reminded twice already: call them.')).toBeVisible();
    expect(screen.getByText('3 more pause: nothing is asked of them until they are back.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Remind 34 people' }));
    expect(await screen.findByText(/34 reminders, can be undone until/)).toBeVisible();
    expect(sent).toEqual([{ kind: 'relaunch', expected: 34 }, expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    await user.click(screen.getByRole('button', { name: /Undo, 10:00|Undo, 9:5\d/ }));
    await waitFor(() => {
      expect(undone).toBe(true);
    });
    expect(screen.queryByText(/34 reminders/)).not.toBeInTheDocument();
  });

  it('offers three next steps for a line, each with what it does, and R relaunches it', async () => {
    const sent: unknown[] = [];
    server.use(
      http.post('*/api/v1/actions/x1/steps/', async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json(boardStep(), { status: 201 });
      }),
    );
    const { user, container } = show(desk);
    await user.click(await screen.findByRole('button', { name: 'Birch-sur-Été, 2nd' }));
    expect(await screen.findByRole('button', { name: 'Relaunch Camille reminder 1 of 2' })).toBeVisible();
    expect(screen.getByRole('button', { name: 'Excuse for today can be undone until midnight' })).toBeVisible();
    expect(screen.getByText('The brief left')).toBeVisible();
    expect(screen.getByText('Camille said yes, and is relieved if a neighbour says yes too.')).toBeVisible();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Somebody else next door' }), 'p8');
    await user.click(screen.getByRole('button', { name: 'Hand to Zoé Lamy next door, carries 1' }));
    await waitFor(() => {
      expect(sent).toHaveLength(1);
    });
    await waitFor(() => {
      expect(screen.getByRole('button', { name: 'Relaunch Camille reminder 1 of 2' })).toBeEnabled();
    });
    await expectNoAxeFinding(container);
    (document.activeElement as HTMLElement).blur();
    await user.keyboard('r');
    await waitFor(() => {
      expect(sent).toEqual([
        { kind: 'hand_over', assignments: ['g-B02'], neighbour: 'p8', expected: 1 },
        { kind: 'relaunch', assignments: ['g-B02'], expected: 1 },
      ]);
    });
  });

  it('counts whom a human calls, and shows them alone', async () => {
    const [first, ...others] = lines as [(typeof lines)[0], ...typeof lines];
    const called = line(four, { state: 'late', reminded: 2 });
    server.use(
      http.get('*/api/v1/actions/x1/board/', () => HttpResponse.json(board([first, ...others.slice(0, -1), called]))),
    );
    const { user, router } = show(desk);
    await user.click(await screen.findByRole('button', { name: 'To call 1' }));
    expect(screen.getByRole('heading', { name: '1 to call' })).toBeVisible();
    expect(router.state.location.search).toBe('?call=yes');
  });

  it('says who did what from here, and who took over next door', async () => {
    const taken = line(three, { state: 'neighbour', neighbour: 'Bruno Teyssier', neighbour_id: 'p7' });
    server.use(
      http.get('*/api/v1/actions/x1/board/', () => HttpResponse.json(board([taken], { news: [taken] }))),
      http.get('*/api/v1/actions/x1/steps/', () =>
        HttpResponse.json({
          items: [boardStep({ kind: 'hand_over', place: 'Birch', neighbour: 'Bruno Teyssier', undo_until: null })],
        }),
      ),
    );
    show(desk);
    expect(await screen.findByText(/Bruno Teyssier took it over/)).toBeVisible();
    expect(await screen.findByText(/Birch: Bruno Teyssier asked next door/)).toBeVisible();
    expect(screen.getByText(/by Nadia Ferhat/)).toBeVisible();
  });
});
