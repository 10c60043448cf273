import { act, screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { type RefObject, useMemo } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BoardCounts } from '@/api/shapes';
import { BoardDesk } from '@/features/actions/board-desk';
import { SPOKEN_EVERY, useSpokenChanges } from '@/features/actions/use-spoken-changes';
import { useFilters } from '@/lib/use-filters';
import { type Column, ListTable } from '@/ui/list-table';
import { expectNoAxeFinding } from '~tests/axe';
import { action, board, line, lineSteps, seats } from '~tests/samples';
import { server } from '~tests/server';
import { show } from '~tests/show';

const [one, two] = seats as [(typeof seats)[0], (typeof seats)[0]];
const reported = line(one, {
  state: 'reported',
  answer: 'reported',
  report: {
    met: 'holder',
    met_on: '2026-11-22',
    version: 1,
    stance: 1,
    quote: 'Yes.',
    failed: '',
    photo: '',
    reported_at: '2026-11-22T10:00:00Z',
  },
});
const running = action({
  status: 'launched',
  abilities: { ...action().abilities, see_board: true, take_steps: true },
});
const desk = <BoardDesk action={running} mapSrc={null} credit="" officeHolder={() => <p>Who sits</p>} />;

beforeEach(() => {
  server.use(
    http.get('*/api/v1/actions/x1/board/', () =>
      HttpResponse.json(board([reported, line(two, { state: 'late' })], { news: [reported] })),
    ),
    http.get('*/api/v1/actions/x1/board/:line/', () => HttpResponse.json(lineSteps())),
    http.get('*/api/v1/actions/x1/steps/', () => HttpResponse.json({ items: [] })),
  );
});

describe('the board on a wall', () => {
  it('shows counts and what arrives without the name of anybody, and leaves with Escape', async () => {
    const { user, router } = show(desk);
    await screen.findByRole('table');
    await user.click(screen.getByRole('button', { name: 'On the wall' }));
    const wall = within(await screen.findByRole('dialog', { name: 'One question' }));
    expect(router.state.location.search).toBe('?wall=yes');
    expect(wall.getByText('Late').closest('li')).toHaveTextContent('1');
    expect(screen.getByRole('dialog')).toHaveTextContent('Alder, 1st: yes, in person, rather for');
    expect(wall.queryByText(/Camille/)).toBeNull();
    await expectNoAxeFinding(document.body);
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(router.state.location.search).toBe('');
  });

  it('keeps the screen awake while it is shown', async () => {
    const release = vi.fn().mockResolvedValue(undefined);
    const request = vi.fn().mockResolvedValue({ release });
    Object.defineProperty(navigator, 'wakeLock', { configurable: true, value: { request } });
    const { user } = show(desk, { at: '/?wall=yes' });
    await screen.findByRole('dialog');
    expect(request).toHaveBeenCalledWith('screen');
    await user.click(screen.getByRole('button', { name: /Leave the wall/ }));
    expect(release).toHaveBeenCalledOnce();
    Reflect.deleteProperty(navigator, 'wakeLock');
  });
});

describe('the keys of the board', () => {
  it('are told under a question mark, and Enter goes to what one can do', async () => {
    const { user } = show(desk);
    await screen.findByRole('table');
    await user.keyboard('?');
    expect(within(screen.getByRole('dialog', { name: 'Keys' })).getByText('walk through the seats')).toBeVisible();
    await user.keyboard('{Escape}');
    (document.activeElement as HTMLElement).blur();
    await user.keyboard('j');
    await screen.findAllByText('Who sits');
    await user.keyboard('{Enter}');
    expect(document.activeElement?.closest('aside')).not.toBeNull();
  });
});

describe('what a screen reader hears of a board', () => {
  afterEach(() => {
    vi.useRealTimers();
  });
  const counts: BoardCounts = { total: 4, reported: 1, accepted: 1, no_answer: 1, late: 1, neighbour: 0, empty: 0 };
  function Spoken({ now }: { now: BoardCounts }) {
    const beside = useMemo<RefObject<HTMLDivElement | null>>(() => ({ current: null }), []);
    useSpokenChanges(now, beside);
    return <div ref={beside} />;
  }

  it('is one sentence of what changed, every thirty seconds at most', () => {
    vi.useFakeTimers();
    const { rerender } = show(<p />);
    const at = (now: BoardCounts) => {
      rerender(<Spoken now={now} />);
    };
    at(counts);
    at({ ...counts, reported: 2, late: 0 });
    expect(screen.queryByRole('status')).toBeNull();
    act(() => {
      vi.advanceTimersByTime(10_000);
    });
    at({ ...counts, reported: 3, late: 0, accepted: 0 });
    act(() => {
      vi.advanceTimersByTime(SPOKEN_EVERY - 10_000);
    });
    expect(screen.getByRole('status')).toHaveTextContent(
      'Changed: Reported 3, 2 more, Accepted 0, 1 less, Late 0, 1 less.',
    );
    at({ ...counts, reported: 4, late: 0, accepted: 0 });
    act(() => {
      vi.advanceTimersByTime(SPOKEN_EVERY - 1_000);
    });
    expect(screen.getByRole('status')).toHaveTextContent('Reported 3');
    act(() => {
      vi.advanceTimersByTime(1_000);
    });
    expect(screen.getByRole('status')).toHaveTextContent('Changed: Reported 4, 1 more.');
  });
});

describe('a list of 577 rows', () => {
  it('draws two of them again when another one is chosen', async () => {
    const rows = Array.from({ length: 577 }, (_row, index) => ({ id: String(index) }));
    let drawn = 0;
    const columns: Column<(typeof rows)[number]>[] = [
      {
        name: 'id',
        word: 'Id',
        isHead: true,
        cell: ({ id }) => {
          drawn += 1;
          return id;
        },
      },
    ];
    const keyOf = ({ id }: { id: string }) => id;
    function List() {
      const { get, set } = useFilters();
      const choose = useMemo(
        () => (id: string) => {
          set({ id });
        },
        [set],
      );
      return (
        <ListTable label="Rows" rows={rows} columns={columns} keyOf={keyOf} chosen={get('id')} onChoose={choose} />
      );
    }
    const { user } = show(<List />);
    await user.keyboard('j');
    drawn = 0;
    await user.keyboard('j');
    expect(drawn).toBe(2);
  });
});
