import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import { PauseForm } from '@/features/relays/pause-form';
import { expectNoAxeFinding } from '~tests/axe';
import { seatTerm } from '~tests/samples';
import { server } from '~tests/server';
import { show } from '~tests/show';

const term = seatTerm({ is_mine: true });

describe('a pause', () => {
  it('asks until which day, and says what is wrong with it', async () => {
    const asked: unknown[] = [];
    server.use(
      http.post('*/api/v1/relays/terms/t1/pause/', async ({ request }) => {
        asked.push(await request.json());
        return asked.length === 1
          ? HttpResponse.json({ code: 'invalid', fields: { until: ['Choose a day after today.'] } }, { status: 400 })
          : HttpResponse.json({ id: 't1', ends_at: null, paused_until: '2026-12-24' });
      }),
    );
    const { user, container } = show(<PauseForm term={term} />);
    expect(screen.queryByRole('button', { name: 'Back now' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Pause for a while' }));
    await user.type(screen.getByLabelText('Until which day'), '2020-01-01');
    await user.click(screen.getByRole('button', { name: 'Pause until then' }));
    expect(await screen.findByText('Choose a day after today.')).toBeVisible();
    await expectNoAxeFinding(container);
    await user.clear(screen.getByLabelText('Until which day'));
    await user.type(screen.getByLabelText('Until which day'), '2026-12-24');
    await user.click(screen.getByRole('button', { name: 'Pause until then' }));
    expect(await screen.findByRole('button', { name: 'Pause for a while' })).toBeVisible();
    expect(asked).toEqual([{ until: '2020-01-01' }, { until: '2026-12-24' }]);
  });

  it('ends by hand', async () => {
    const resumed = vi.fn();
    server.use(
      http.post('*/api/v1/relays/terms/t1/resume/', () => {
        resumed();
        return HttpResponse.json({ id: 't1', ends_at: null, paused_until: null });
      }),
    );
    const { user } = show(
      <PauseForm term={{ ...term, paused_until: '2026-12-24', abilities: { ...term.abilities, resume: true } }} />,
    );
    expect(screen.getByText(/You pause until Thursday/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Back now' }));
    await vi.waitFor(() => {
      expect(resumed).toHaveBeenCalledOnce();
    });
  });
});
