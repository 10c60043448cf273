import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { PagesDesk } from '@/features/fundraising/pages-desk';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';

const page = {
  slug: 'forty-1a2b3c',
  address: '/en/give/p/forty-1a2b3c/',
  kind: 'personal',
  title: 'Forty kilometres',
  words: 'I run.',
  first_name: 'Léa',
  language: 'en',
  photo: '',
  opened_at: '2026-11-20T09:00:00Z',
  is_new: true,
  hiding: null,
  reports: [{ reason: 'privacy', words: 'That is my child.', at: '2026-11-21T09:00:00Z' }],
  messages: [],
};

describe('the pages that wait for a moderator', () => {
  const decided: unknown[] = [];
  let waiting: unknown[] = [page];
  beforeEach(() => {
    decided.length = 0;
    waiting = [page];
    server.use(
      http.get('*/api/v1/fundraising/moderation/', () => HttpResponse.json({ waiting, hidden: [] })),
      http.post('*/api/v1/fundraising/moderation/pages/:slug/', async ({ request }) => {
        decided.push(await request.json());
        waiting = [];
        return HttpResponse.json(page);
      }),
    );
  });

  it('are hidden with a reason and words, and not without', async () => {
    const { user, container } = show(<PagesDesk />);
    expect(await screen.findByText('That is my child.', { exact: false })).toBeVisible();
    await expectNoAxeFinding(container);
    const hide = screen.getByRole('button', { name: 'Hide it' });
    expect(hide).toBeDisabled();
    expect(screen.getByRole('button', { name: 'Keep it' })).toBeDisabled();
    await user.selectOptions(screen.getByLabelText('Reason, if you hide it'), 'privacy');
    await user.type(screen.getByLabelText('Your reasons'), 'A child is seen on it.');
    await user.click(hide);
    expect(await screen.findByText('Nothing waits')).toBeVisible();
    expect(decided).toEqual([{ to: 'hide', reason: 'privacy', words: 'A child is seen on it.' }]);
  });
});
