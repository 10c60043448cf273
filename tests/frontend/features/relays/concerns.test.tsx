import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import type { Concern, OwnConcern } from '@/api/shapes';
import { ConcernsRead } from '@/features/relays/concerns-read';
import { MyConcerns } from '@/features/relays/my-concerns';
import { SafetyContacts } from '@/features/relays/safety-contacts';
import { TellConcern } from '@/features/relays/tell-concern';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';

const soon = new Date(Date.now() + 3 * 3_600_000).toISOString();
const before = new Date(Date.now() - 3_600_000).toISOString();
const own: OwnConcern = {
  id: 'k1',
  what: 'Somebody waits at my door.',
  who: '',
  happened: '',
  made_at: before,
  due_at: soon,
  rung: 1,
  taken_at: null,
  taken_by: '',
  outcome: '',
  closed_at: null,
};
const reader = {
  id: 'u1',
  name: 'Awa Ollivier',
  next_id: 'u2',
  next_name: 'Marc Second',
  due_at: soon,
  has_next: true,
};

describe('something is wrong', () => {
  it('names who reads it and by when before asking, and goes past them where it concerns them', async () => {
    const told: unknown[] = [];
    server.use(
      http.get('*/api/v1/relays/concerns/mine/', () => HttpResponse.json({ reader, items: told.length ? [own] : [] })),
      http.post('*/api/v1/relays/concerns/', async ({ request }) => {
        told.push(await request.json());
        return HttpResponse.json(own, { status: 201 });
      }),
    );
    const { user, container } = show(
      <>
        <h1>Something is wrong</h1>
        <TellConcern conversation="c1" />
        <MyConcerns />
      </>,
    );
    expect(await screen.findByText(/^Awa Ollivier reads it before/)).toBeVisible();
    await expectNoAxeFinding(container);
    await user.click(screen.getByRole('checkbox', { name: /It concerns Awa Ollivier/ }));
    expect(screen.getByText(/^Marc Second reads it before/)).toBeVisible();
    await user.type(screen.getByRole('textbox', { name: 'What happened' }), 'Somebody waits at my door.');
    await user.click(screen.getByRole('button', { name: 'Tell it' }));
    expect(await screen.findByText(/You have told it/)).toBeVisible();
    expect(told).toEqual([
      {
        what: 'Somebody waits at my door.',
        who: '',
        happened: '',
        about: 'u1',
        reader: 'u2',
        conversation: 'c1',
      },
    ]);
    expect(await screen.findByRole('img', { name: /^It is read within/ })).toBeVisible();
  });

  it('keeps whom it concerns when another is named meanwhile, says who reads it now, and asks again', async () => {
    const told: unknown[] = [];
    let now = reader;
    server.use(
      http.get('*/api/v1/relays/concerns/mine/', () => HttpResponse.json({ reader: now, items: [] })),
      http.post('*/api/v1/relays/concerns/', async ({ request }) => {
        told.push(await request.json());
        now = {
          ...reader,
          id: 'u3',
          name: 'Lou Third',
          next_id: '',
          next_name: '',
        };
        return told.length === 1
          ? HttpResponse.json({ code: 'reader_changed', detail: 'Somebody else reads it now.' }, { status: 409 })
          : HttpResponse.json(own, { status: 201 });
      }),
    );
    const { user } = show(<TellConcern conversation="" />);
    await user.click(await screen.findByRole('checkbox', { name: /It concerns Awa Ollivier/ }));
    await user.type(screen.getByRole('textbox', { name: 'What happened' }), 'A threat.');
    await user.click(screen.getByRole('button', { name: 'Tell it' }));
    expect(await screen.findByText('Somebody else reads it now.')).toBeVisible();
    expect(await screen.findByText(/^Lou Third reads it before/)).toBeVisible();
    expect(screen.getByRole('checkbox', { name: /It concerns Awa Ollivier/ })).toBeChecked();
    await user.click(screen.getByRole('button', { name: 'Tell it' }));
    await vi.waitFor(() => {
      expect(told.at(-1)).toMatchObject({ about: 'u1', reader: 'u3' });
    });
  });

  it('says that an administrator reads it where nobody else than the named person is named', async () => {
    server.use(
      http.get('*/api/v1/relays/concerns/mine/', () =>
        HttpResponse.json({
          reader: { ...reader, next_id: '', next_name: '' },
          items: [],
        }),
      ),
    );
    const { user } = show(<TellConcern conversation="" />);
    await user.click(await screen.findByRole('checkbox', { name: /It concerns Awa Ollivier/ }));
    expect(screen.getByText(/^An administrator reads it before/)).toBeVisible();
    expect(screen.queryByText(/has named nobody/)).toBeNull();
  });

  it('is taken up and closed in words by the one person with whom it stands', async () => {
    let concern: Concern = {
      ...own,
      reporter: 'Camille Vernoux',
      from_writer: false,
      from_visitor: false,
      is_answered: true,
      place: 'Alder, 1st',
      quoted: '',
      abilities: { take_up: true, close: false },
    };
    const outcomes: unknown[] = [];
    server.use(
      http.get('*/api/v1/relays/concerns/', () => HttpResponse.json({ is_named: true, items: [concern], next: null })),
      http.post('*/api/v1/relays/concerns/k1/take-up/', () => {
        concern = {
          ...concern,
          taken_at: before,
          abilities: { take_up: false, close: true },
        };
        return HttpResponse.json({
          id: 'k1',
          taken_at: before,
          closed_at: null,
        });
      }),
      http.post('*/api/v1/relays/concerns/k1/close/', async ({ request }) => {
        outcomes.push(await request.json());
        return HttpResponse.json({
          id: 'k1',
          taken_at: before,
          closed_at: before,
        });
      }),
    );
    const { user, container } = show(
      <>
        <h1>Told</h1>
        <ConcernsRead />
      </>,
    );
    await user.click(await screen.findByRole('button', { name: 'I take care of it' }));
    await user.type(await screen.findByRole('textbox', { name: 'What came of it' }), 'We spoke with them.');
    await expectNoAxeFinding(container);
    await user.click(screen.getByRole('button', { name: 'Tell the outcome and close' }));
    await vi.waitFor(() => {
      expect(outcomes).toEqual([{ outcome: 'We spoke with them.' }]);
    });
  });

  it('says loudly in the settings that nobody is named, and what is wrong with who is', async () => {
    const named: unknown[] = [];
    server.use(
      http.get('*/api/v1/accounts/me/', () => HttpResponse.json({ email: 'admin@example.org' })),
      http.get('*/api/v1/relays/safety-contacts/', () => HttpResponse.json({ items: [] })),
      http.put('*/api/v1/relays/safety-contacts/', async ({ request }) => {
        named.push(await request.json());
        return named.length === 1
          ? HttpResponse.json({ code: 'invalid', fields: { first: ['They hold no role.'] } }, { status: 400 })
          : HttpResponse.json({
              items: [{ position: 1, name: 'Awa Ollivier', email: 'awa@example.org' }],
            });
      }),
    );
    const { user } = show(<SafetyContacts />);
    expect(await screen.findByRole('alert')).toHaveTextContent('Nobody is named');
    await user.click(await screen.findByRole('button', { name: 'I take it on myself' }));
    expect(screen.getByRole('textbox', { name: 'To whom it goes' })).toHaveValue('admin@example.org');
    await user.clear(screen.getByRole('textbox', { name: 'To whom it goes' }));
    await user.type(screen.getByRole('textbox', { name: 'To whom it goes' }), 'awa@example.org');
    await user.type(screen.getByRole('textbox', { name: 'The name of the first' }), 'Awa Ollivier');
    await user.click(screen.getByRole('button', { name: 'Name them' }));
    expect(await screen.findByText('They hold no role.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Name them' }));
    expect(await screen.findByText(/^Members are told: Awa Ollivier\./)).toBeVisible();
    expect(named.at(-1)).toEqual({
      emails: ['awa@example.org'],
      names: ['Awa Ollivier'],
    });
  });

  it('forgets the name of whom somebody else replaces', async () => {
    const named: unknown[] = [];
    const items = [{ position: 1, name: 'Awa Ollivier', email: 'awa@example.org' }];
    server.use(
      http.get('*/api/v1/accounts/me/', () => HttpResponse.json({ email: 'admin@example.org' })),
      http.get('*/api/v1/relays/safety-contacts/', () => HttpResponse.json({ items })),
      http.put('*/api/v1/relays/safety-contacts/', async ({ request }) => {
        named.push(await request.json());
        return HttpResponse.json({ items });
      }),
    );
    const { user } = show(<SafetyContacts />);
    const address = await screen.findByRole('textbox', {
      name: 'To whom it goes',
    });
    expect(screen.getByRole('textbox', { name: 'The name of the first' })).toHaveValue('Awa Ollivier');
    await user.clear(address);
    await user.type(address, 'marc@example.org');
    expect(screen.getByRole('textbox', { name: 'The name of the first' })).toHaveValue('');
    await user.click(screen.getByRole('button', { name: 'Name them' }));
    await vi.waitFor(() => {
      expect(named).toEqual([{ emails: ['marc@example.org'], names: [''] }]);
    });
  });
});
