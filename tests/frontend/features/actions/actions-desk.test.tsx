import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { ActionsDesk } from '@/features/actions/actions-desk';
import { action } from '~tests/samples';
import { server } from '~tests/server';
import { show } from '~tests/show';

const counts = null;
const drafts = [
  { ...action({ id: 'x1', title: 'One question' }), counts },
  { ...action({ id: 'x2', title: 'Two questions' }), counts },
];

describe('the list of actions', () => {
  it('is walked through with J and K, and Enter opens what the foot promises', async () => {
    server.use(http.get('*/api/v1/actions/', () => HttpResponse.json({ items: drafts })));
    const { user, router } = show(<ActionsDesk />, { at: '/desk/actions' });
    await screen.findByRole('table');
    expect(screen.getByText('Enter', { selector: 'kbd' })).toBeVisible();
    const chosen = () => new URLSearchParams(router.state.location.search).get('action');
    const order = [...document.querySelectorAll('[data-row]')].map((row) => row.getAttribute('data-row'));
    await user.keyboard('j');
    expect(chosen()).toBe(order[0]);
    await user.keyboard('j');
    expect(chosen()).toBe(order[1]);
    await user.keyboard('j');
    expect(chosen()).toBe(order[1]);
    await user.keyboard('k');
    expect(chosen()).toBe(order[0]);
    await user.keyboard('{Enter}');
    expect(router.state.location.pathname).toBe(`/desk/actions/${order[0] ?? ''}`);
  });

  it('leaves J to whoever types, and Enter to the button that has the focus', async () => {
    server.use(http.get('*/api/v1/actions/', () => HttpResponse.json({ items: drafts })));
    const { user, router } = show(<ActionsDesk />, { at: '/desk/actions' });
    await screen.findByRole('table');
    await user.type(screen.getByRole('searchbox'), 'j');
    expect(screen.getByRole('searchbox')).toHaveValue('j');
    expect(router.state.location.search).not.toContain('action=');
    await user.clear(screen.getByRole('searchbox'));
    screen.getAllByRole('columnheader')[0]?.querySelector('button')?.focus();
    await user.keyboard('j{Enter}');
    expect(router.state.location.pathname).toBe('/desk/actions');
  });
});
