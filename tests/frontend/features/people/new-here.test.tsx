import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { NewHere } from '@/features/people/new-here';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';

const claire = {
  id: 'p1',
  given_name: 'Claire',
  initial: 'D',
  family_name: null,
  locality: { code: '01001', name: 'Valbrune' },
  area: { code: '0101', name: 'Alder, 1st' },
  joined_on: null,
  contacts: [{ channel: 'email', value: 'claire@people.example', is_verified: true }],
};

function shown(count: number) {
  const asked: URLSearchParams[] = [];
  server.use(
    http.get('*/api/v1/people/count/', () => HttpResponse.json({ count, is_more: false })),
    http.get('*/api/v1/people/', ({ request }) => {
      asked.push(new URL(request.url).searchParams);
      return HttpResponse.json({ items: [claire], next: null, is_near: false });
    }),
  );
  return {
    asked,
    ...show(
      <>
        <h1>Today</h1>
        <NewHere area="a1" name="Alder, 1st" />
      </>,
    ),
  };
}

describe('people to greet', () => {
  it('are counted first, and named once asked for', async () => {
    const { user, container, asked } = shown(1);
    const go = await screen.findByRole('button', { name: 'See who they are' });
    expect(asked).toEqual([]);
    await user.click(go);
    expect(screen.getByRole('heading', { name: 'People to greet' })).toHaveFocus();
    expect(await screen.findByRole('heading', { name: 'Claire D' })).toBeVisible();
    expect(screen.getByRole('link', { name: 'claire@people.example' })).toHaveAttribute(
      'href',
      'mailto:claire@people.example',
    );
    expect(screen.getByText(/Valbrune/)).toBeVisible();
    expect(Object.fromEntries(asked[0] ?? [])).toEqual({
      area: 'a1',
      is_new: '1',
    });
    await expectNoAxeFinding(container);
  });

  it('are not left out without a word where they could not be counted', async () => {
    const { user } = shown(1);
    server.use(http.get('*/api/v1/people/count/', () => HttpResponse.json({}, { status: 500 }), { once: true }));
    expect(await screen.findByRole('alert')).toBeVisible();
    expect(screen.getByRole('heading', { name: 'People to greet' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'See who they are' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('button', { name: 'See who they are' })).toBeVisible();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('are not spoken of while there are none', async () => {
    const { queries } = shown(0);
    await expect.poll(() => queries.isFetching()).toBe(0);
    expect(screen.queryByRole('heading', { level: 2 })).toBeNull();
  });
});
