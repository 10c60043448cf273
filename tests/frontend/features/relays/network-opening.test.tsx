import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import type { NetworkAsked } from '@/api/shapes';
import { NetworkOpening } from '@/features/relays/network-opening';
import { expectNoAxeFinding } from '../../axe';
import { server } from '../../server';
import { show } from '../../show';

const country = {
  name: 'Petit-Pays',
  seats: 12,
  kinds: [
    { code: 'country', name: 'country', places: 1 },
    { code: 'department', name: 'department', places: 3 },
    { code: 'constituency', name: 'constituency', places: 12 },
  ],
};
const running = {
  id: 'n1',
  slug: 'net',
  language: 'en',
  name: 'The net',
  purpose: 'Somebody everywhere.',
  country: 'XM',
  kind: '',
  kind_name: '',
  office: 'member of parliament',
  opens_at: '2026-10-01T10:00:00Z',
  closes_at: null,
};

describe('another network', () => {
  it('has a seat for each place of the kind that was chosen, and says whom its relays meet', async () => {
    const asked: NetworkAsked[] = [];
    server.use(
      http.get('*/api/v1/relays/networks/', () => HttpResponse.json({ items: [running] })),
      http.post('*/api/v1/relays/networks/', async ({ request }) => {
        asked.push((await request.json()) as NetworkAsked);
        return HttpResponse.json(running, { status: 201 });
      }),
    );
    const { user, container } = show(<NetworkOpening languages={['en']} country={country} />);
    await user.click(await screen.findByRole('button', { name: 'Open another network' }));
    expect(screen.getByText(/12 seats will be laid/)).toBeVisible();
    expect(screen.getByText(/lead to it instead of “The net”/)).toBeVisible();
    await user.selectOptions(screen.getByLabelText('One seat for each'), 'department');
    expect(screen.queryByText(/instead of/)).toBeNull();
    expect(screen.getByText(/3 seats will be laid/)).toBeVisible();
    await user.type(screen.getByLabelText(/^Its name/), 'Senate net');
    await user.type(screen.getByLabelText(/^Whom its relays meet/), 'senator');
    await expectNoAxeFinding(container);
    await user.click(screen.getByRole('button', { name: 'Open the network' }));
    await waitFor(() => {
      expect(asked).toEqual([
        {
          slug: 'senate-net',
          kind: 'department',
          texts: [{ language: 'en', name: 'Senate net', purpose: '', office: 'senator' }],
        },
      ]);
    });
    expect(await screen.findByRole('button', { name: 'Open another network' })).toBeVisible();
  });

  it('replaces none that has closed', async () => {
    const closed = { ...running, closes_at: '2026-11-01T10:00:00Z' };
    server.use(http.get('*/api/v1/relays/networks/', () => HttpResponse.json({ items: [closed] })));
    const { user } = show(<NetworkOpening languages={['en']} country={country} />);
    await user.click(await screen.findByRole('button', { name: 'Open another network' }));
    expect(screen.getByText(/12 seats will be laid/)).toBeVisible();
    expect(screen.queryByText(/instead of/)).toBeNull();
  });
});
