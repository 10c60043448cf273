import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { LaunchRequest } from '@/api/shapes';
import { ActionEditor } from '@/features/actions/action-editor';
import { expectNoAxeFinding } from '~tests/axe';
import { action, network, seats } from '~tests/samples';
import { server } from '~tests/server';
import { show } from '~tests/show';

const dryRun = {
  seats: 577,
  with_holder: 212,
  vacant: 365,
  messages: 208,
  without_email: 4,
  by_hand: 3,
  by_language: { fr: 208 },
  needs_second_person: false,
  to_stop: 0,
};
const french = () => within(screen.getByRole('region', { name: 'In French' }));

const rehearsal = {
  id: 'h1',
  rehearsed_at: '2026-11-29T10:00:00Z',
  version: 2,
  language: 'en',
  seat: { id: 's1', code: 'A01', name: 'Alder, 1st' },
  by: 'Nadia Ferhat',
  readers: ['Nadia Ferhat', 'Ada Lind'],
};
const launchRequest: LaunchRequest = {
  id: 'q1',
  version: 3,
  expected: 208,
  by_hand: 3,
  launch_at: null,
  by: 'Ada Lind',
  is_own: false,
  asked_at: '2026-11-29T10:00:00Z',
  status: 'asked',
  settled_by: '',
  settled_at: null,
  reason: '',
};
const rehearsals = {
  items: [rehearsal],
  colleagues: [
    { id: 'u2', name: 'Ada Lind' },
    { id: 'u3', name: 'Paul Autre' },
  ],
  colleagues_most: 1,
};

beforeEach(() => {
  server.use(
    http.get('*/api/v1/actions/x1/preview/', () => HttpResponse.json(dryRun)),
    http.get('*/api/v1/actions/x1/clashes/', () =>
      HttpResponse.json({ days: [], actions: [], refused: [], silent: [] }),
    ),
    http.get('*/api/v1/actions/x1/rehearsals/', () => HttpResponse.json({ ...rehearsals, items: [] })),
    http.get('*/api/v1/actions/blocks/', () =>
      HttpResponse.json({ items: [{ name: 'official', written: '{{ official }}', gives: 'who sits there' }] }),
    ),
  );
});

describe('the editor of an action', () => {
  it('says what is missing, keeps what was typed, and sends the rest as a draft', async () => {
    let sent: unknown;
    server.use(
      http.post('*/api/v1/actions/', async ({ request }) => {
        sent = await request.json();
        return HttpResponse.json(action({ id: 'x9' }), { status: 201 });
      }),
    );
    const { user, container, router } = show(
      <ActionEditor networks={[network]} subjects={[{ id: 's1', title: 'A human desk' }]} />,
    );
    await expectNoAxeFinding(container);
    await user.type(french().getByLabelText('Title'), 'Une question');
    await user.click(screen.getByRole('button', { name: 'Keep the draft' }));
    expect(screen.getByText('The brief in the default language is missing.')).toBeVisible();
    expect(screen.getByText('The start is missing.')).toBeVisible();
    expect(french().getByLabelText('Title')).toHaveValue('Une question');

    await user.type(french().getByLabelText('The relay’s brief'), 'Allez-y.');
    await user.selectOptions(screen.getByLabelText('Subject'), 'A human desk');
    fireEvent.change(screen.getByLabelText('Start'), { target: { value: '2026-12-02T10:00' } });
    fireEvent.change(screen.getByLabelText('End'), { target: { value: '2026-12-02T09:00' } });
    await user.click(screen.getByRole('button', { name: 'Keep the draft' }));
    expect(screen.getByText('The end comes before the start.')).toBeVisible();
    fireEvent.change(screen.getByLabelText('End'), { target: { value: '2026-12-02T18:00' } });
    await user.click(screen.getByRole('button', { name: 'Keep the draft' }));
    await waitFor(() => {
      expect(router.state.location.pathname).toBe('/desk/actions/x9');
    });
    expect(sent).toEqual({
      network: 'n1',
      subject: 's1',
      vacant_rule: 'worklist',
      default_language: 'fr',
      texts: { fr: { title: 'Une question', summary: '', brief: 'Allez-y.' } },
      starts_at: new Date(2026, 11, 2, 10).toISOString(),
      ends_at: new Date(2026, 11, 2, 18).toISOString(),
    });
  });

  it('names the version that it read, and keeps the text when someone else was faster', async () => {
    let sent: { version?: number } = {};
    server.use(
      http.patch('*/api/v1/actions/x1/', async ({ request }) => {
        sent = (await request.json()) as typeof sent;
        return HttpResponse.json({ code: 'version_changed', detail: 'Someone else changed it.' }, { status: 409 });
      }),
    );
    const { user } = show(<ActionEditor networks={[network]} action={action()} />);
    const english = within(screen.getByRole('region', { name: 'In English' }));
    await user.type(english.getByLabelText('Title'), ' more');
    await user.click(screen.getByRole('button', { name: 'Keep the changes' }));
    expect(await screen.findByText('Someone else changed it.')).toBeVisible();
    expect(sent.version).toBe(3);
    expect(english.getByLabelText('Title')).toHaveValue('One question more');
  });

  it('launches only when the number of places was typed, with the number of messages that was shown', async () => {
    let sent: unknown;
    server.use(
      http.post('*/api/v1/actions/x1/launch/', async ({ request }) => {
        sent = await request.json();
        return HttpResponse.json(action({ status: 'launched' }));
      }),
    );
    const { user, router } = show(<ActionEditor networks={[network]} action={action()} />);
    expect(
      await screen.findByText('208 messages leave, to each person who holds a seat, in their language.'),
    ).toBeVisible();
    expect(screen.getByText('365 places have nobody yet: they are the list to fill.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Launch in 577 places' }));
    const dialog = within(screen.getByRole('alertdialog', { name: 'Launch in 577 places?' }));
    await user.type(dialog.getByRole('textbox'), '58');
    expect(dialog.getByText('That is not 577. Nothing has left.')).toBeVisible();
    expect(dialog.getByRole('button', { name: 'Launch in 577 places' })).toBeDisabled();
    await user.clear(dialog.getByRole('textbox'));
    await user.type(dialog.getByRole('textbox'), '577{Enter}');
    await waitFor(() => {
      expect(router.state.location.pathname).toBe('/desk/actions/x1/board');
    });
    expect(sent).toEqual({ expected: 208 });
  });

  it('asks a second person where so many are reached, and takes the question back', async () => {
    const sent: unknown[] = [];
    let items: LaunchRequest[] = [{ ...launchRequest, status: 'refused', reason: 'The date is wrong.' }];
    server.use(
      http.get('*/api/v1/actions/x1/preview/', () => HttpResponse.json({ ...dryRun, needs_second_person: true })),
      http.get('*/api/v1/actions/x1/launch-requests/', () => HttpResponse.json({ items })),
      http.post('*/api/v1/actions/x1/launch-requests/', async ({ request }) => {
        sent.push(await request.json());
        items = [{ ...launchRequest, id: 'q2', is_own: true }, ...items];
        return HttpResponse.json({ items }, { status: 201 });
      }),
      http.post('*/api/v1/actions/x1/launch-requests/q2/withdraw/', () => {
        sent.push('withdraw');
        items = items.map((one) => (one.id === 'q2' ? { ...one, status: 'withdrawn' } : one));
        return HttpResponse.json({ items });
      }),
    );
    const { user, container } = show(<ActionEditor networks={[network]} action={action()} />);
    expect(await screen.findByText(/^This reaches 211 people/)).toBeVisible();
    expect(screen.getByText('The date is wrong.')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Launch in 577 places' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Ask a second person for the launch' }));
    await user.click(await screen.findByRole('button', { name: 'Take the question back' }));
    expect(await screen.findByRole('button', { name: 'Ask a second person for the launch' })).toBeVisible();
    expect(sent).toEqual([{ version: 3, expected: 208, launch_at: null }, 'withdraw']);
    await expectNoAxeFinding(container);
  });

  it('lets the second person say yes with the number of places, or no with a reason', async () => {
    const sent: unknown[] = [];
    server.use(
      http.get('*/api/v1/actions/x1/preview/', () => HttpResponse.json({ ...dryRun, needs_second_person: true })),
      http.get('*/api/v1/actions/x1/launch-requests/', () => HttpResponse.json({ items: [launchRequest] })),
      http.post('*/api/v1/actions/x1/launch-requests/q1/refuse/', async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json({ code: 'request_over', detail: 'It was settled meanwhile.' }, { status: 409 });
      }),
      http.post('*/api/v1/actions/x1/launch-requests/q1/agree/', async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json(action({ status: 'launched' }));
      }),
    );
    const { user, router } = show(<ActionEditor networks={[network]} action={action()} />);
    expect(await screen.findByText(/^Ada Lind asks for the launch since .*, to 211 people\.$/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'No' }));
    await user.type(screen.getByLabelText('Why not'), 'Too early.');
    await user.click(screen.getByRole('button', { name: 'Say no' }));
    expect(await screen.findByText('It was settled meanwhile.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Change nothing' }));
    await user.click(screen.getByRole('button', { name: 'Yes, launch in 577 places' }));
    await user.type(within(screen.getByRole('alertdialog')).getByRole('textbox'), '577{Enter}');
    await waitFor(() => {
      expect(router.state.location.pathname).toBe('/desk/actions/x1/board');
    });
    expect(sent).toEqual([{ reason: 'Too early.' }, { expected: 208 }]);
  });

  it('leaves by itself at an hour of the country, which is taken back', async () => {
    const sent: unknown[] = [];
    let one = action();
    server.use(
      http.put('*/api/v1/actions/x1/schedule/', async ({ request }) => {
        sent.push(await request.json());
        one = action({ status: 'scheduled', launch_at: '2030-07-01T06:00:00Z' });
        return HttpResponse.json(one);
      }),
      http.delete('*/api/v1/actions/x1/schedule/', () => {
        sent.push('back');
        return HttpResponse.json(action());
      }),
    );
    const { user } = show(<ActionEditor networks={[network]} action={one} />);
    const hour = await screen.findByLabelText('Leave later, by itself');
    expect(hour).toHaveAccessibleDescription(/^By the clock of Paris/);
    fireEvent.change(hour, { target: { value: '2030-07-01T08:00' } });
    expect(screen.queryByRole('button', { name: 'Launch in 577 places' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Let it leave at this hour' }));
    await waitFor(() => {
      expect(sent).toEqual([{ version: 3, expected: 208, launch_at: '2030-07-01T08:00' }]);
    });
    cleanup();
    const again = show(<ActionEditor networks={[network]} action={one} />);
    expect(await screen.findByText(/^Leaves by itself on Monday 1 July, 08:00, Paris time, to whoever/)).toBeVisible();
    expect(screen.getByText(/A change keeps this hour/)).toBeVisible();
    await expectNoAxeFinding(again.container);
    await again.user.click(screen.getByRole('button', { name: 'Take the hour back: a draft again' }));
    await waitFor(() => {
      expect(sent.at(-1)).toBe('back');
    });
  });

  it('shows the brief of any seat as the server draws it', async () => {
    const asked: unknown[] = [];
    server.use(
      http.post('*/api/v1/actions/x1/preview/', async ({ request }) => {
        const body = (await request.json()) as { brief: string; seat: string | null };
        asked.push(body);
        return HttpResponse.json({ html: `<h2>${body.brief.replace('# ', '')} ${body.seat ?? ''}</h2>`, seat: {} });
      }),
    );
    const { user } = show(<ActionEditor networks={[network]} action={action()} seats={seats} />);
    const english = within(screen.getByRole('region', { name: 'In English' }));
    await user.click(english.getByRole('button', { name: 'See it as the relay does' }));
    expect(await english.findByRole('heading', { name: 'Why' })).toBeVisible();
    expect(english.getByRole('status')).toHaveTextContent('Alder, 1st 1 of 4');
    expect(english.getByRole('button', { name: 'Previous seat' })).toBeDisabled();

    await user.click(english.getByRole('button', { name: 'Next seat' }));
    expect(await english.findByRole('heading', { name: 'Why s2' })).toBeVisible();
    await user.type(english.getByLabelText('For which seat'), 'birch 2{Enter}');
    expect(await english.findByRole('heading', { name: 'Why s4' })).toBeVisible();
    await user.type(english.getByLabelText('For which seat'), 'b01');
    expect(await english.findByRole('heading', { name: 'Why s3' })).toBeVisible();
    expect(asked.at(-1)).toEqual({ brief: '# Why', language: 'en', seat: 's3' });
  });

  it('puts a block where the cursor stands, and goes on typing behind it', async () => {
    const { user } = show(<ActionEditor networks={[network]} action={action()} />);
    const english = within(screen.getByRole('region', { name: 'In English' }));
    const brief = english.getByLabelText('The relay’s brief');
    await user.type(brief, ' go');
    (await english.findByRole('button', { name: 'Insert {{ official }}' })).focus();
    await user.keyboard('{Enter}');
    await waitFor(() => {
      expect(brief).toHaveFocus();
    });
    await user.keyboard('Thanks');
    expect(brief).toHaveValue('# Why go\n\n{{ official }}\n\nThanks');
  });

  it('rehearses to me and to colleagues, and says at the launch that it was before the last change', async () => {
    let sent: unknown;
    server.use(
      http.get('*/api/v1/actions/x1/rehearsals/', () => HttpResponse.json(rehearsals)),
      http.post('*/api/v1/actions/x1/rehearsals/', async ({ request }) => {
        sent = await request.json();
        return HttpResponse.json(
          { ...rehearsals, items: [{ ...rehearsal, id: 'h2', version: 3 }, rehearsal] },
          { status: 201 },
        );
      }),
    );
    const { user } = show(<ActionEditor networks={[network]} action={action()} seats={seats} />);
    const pane = within(await screen.findByRole('region', { name: 'Rehearse: to me and some colleagues' }));
    expect(await screen.findByText('Rehearsed once, before the last change.')).toBeVisible();
    expect(pane.getByText('Before the last change.')).toBeVisible();
    await user.click(pane.getByLabelText('Ada Lind'));
    await user.click(pane.getByLabelText('Paul Autre'));
    expect(pane.getByLabelText('Paul Autre')).not.toBeChecked();
    await user.click(pane.getByRole('button', { name: 'Next seat' }));
    await user.click(pane.getByRole('button', { name: 'Send to me and 1 colleague' }));
    expect(await pane.findByText('The rehearsal has left.')).toBeVisible();
    expect(sent).toEqual({ version: 3, seat: 's2', colleagues: ['u2'] });
    expect(screen.getByText('Rehearsed 2 times, the last as it will leave.')).toBeVisible();
  });
});
