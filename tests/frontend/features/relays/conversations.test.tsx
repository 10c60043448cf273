import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Conversation } from '@/api/shapes';
import { Conversations } from '@/features/relays/conversations';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';

const at = '2026-11-24T10:00:00Z';
let found: Conversation[] = [];
const asked: unknown[] = [];

function conversation(part: Partial<Conversation> = {}): Conversation {
  return {
    id: 'c1',
    status: 'waiting',
    code: 'A01',
    place: 'Alder, 1st',
    writer: 'Lou',
    answerer: '',
    is_mine: true,
    last_at: at,
    turns: [{ number: 1, side: 'writer', words: 'When do you meet?', at }],
    abilities: { answer: true, end: true, block: true, unblock: false },
    ...part,
  };
}

describe('messages to my place', () => {
  beforeEach(() => {
    found = [conversation()];
    asked.length = 0;
    server.use(
      http.get('*/api/v1/relays/conversations/', () => HttpResponse.json({ items: found, next: null })),
      http.post('*/api/v1/relays/conversations/:id/:deed/', async ({ params, request }) => {
        const text = await request.text();
        asked.push([params.deed, text ? JSON.parse(text) : null, Boolean(request.headers.get('Idempotency-Key'))]);
        found = [
          conversation({ status: 'answered', abilities: { answer: false, end: true, block: true, unblock: false } }),
        ];
        return HttpResponse.json({ id: 'c1', status: 'answered' });
      }),
    );
  });

  it('are answered in the application', async () => {
    const { user, container } = show(<Conversations />);
    expect(await screen.findByRole('heading', { name: 'Lou wrote' })).toBeVisible();
    await expectNoAxeFinding(container);
    await user.type(screen.getByRole('textbox', { name: 'Your answer to Lou' }), 'Thursday.');
    await user.click(screen.getByRole('button', { name: 'Answer' }));
    expect(await screen.findByText('Your answer is on its way.')).toBeVisible();
    expect(asked).toEqual([['answer', { words: 'Thursday.' }, true]]);
    expect(screen.queryByRole('textbox')).toBeNull();
  });

  it('keep what was typed when somebody was faster, and say so', async () => {
    server.use(
      http.post('*/api/v1/relays/conversations/:id/answer/', () =>
        HttpResponse.json({ code: 'already_answered', detail: 'Somebody was faster.' }, { status: 409 }),
      ),
    );
    const { user } = show(<Conversations />);
    await user.type(await screen.findByRole('textbox', { name: 'Your answer to Lou' }), 'Friday.');
    await user.click(screen.getByRole('button', { name: 'Answer' }));
    expect(await screen.findByText('Somebody was faster.')).toBeVisible();
    expect(screen.getByRole('textbox')).toHaveValue('Friday.');
  });

  it('block a writer only after saying what it does, and lead to telling what is wrong', async () => {
    const { user } = show(<Conversations />);
    await user.click(await screen.findByRole('button', { name: 'Block this person' }));
    expect(asked).toEqual([]);
    expect(screen.getByText(/Nothing more comes from their address/)).toBeVisible();
    await user.click(screen.getAllByRole('button', { name: 'Block this person' }).at(-1) ?? document.body);
    await vi.waitFor(() => {
      expect(asked).toEqual([['block', null, false]]);
    });
    expect(screen.getByRole('link', { name: 'Something is wrong' })).toHaveAttribute('href', '/wrong?conversation=c1');
  });

  it('let a writer in again who was blocked', async () => {
    found = [conversation({ status: 'ended', abilities: { answer: false, end: false, block: false, unblock: true } })];
    server.use(
      http.delete('*/api/v1/relays/conversations/c1/block/', () => {
        asked.push('unblock');
        found = [
          conversation({ status: 'ended', abilities: { answer: false, end: false, block: true, unblock: false } }),
        ];
        return HttpResponse.json({ id: 'c1', status: 'ended' });
      }),
    );
    const { user, container } = show(<Conversations />);
    expect(await screen.findByText(/Nothing that Lou sends is taken/)).toBeVisible();
    await expectNoAxeFinding(container);
    await user.click(screen.getByRole('button', { name: 'Let them write again' }));
    expect(await screen.findByRole('button', { name: 'Block this person' })).toBeVisible();
    expect(asked).toEqual(['unblock']);
  });

  it('say how they will come while there is none', async () => {
    found = [];
    show(<Conversations />);
    expect(await screen.findByRole('heading', { name: 'Nobody has written yet' })).toBeVisible();
  });
});
