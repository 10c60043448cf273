import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ImportAsked, ImportRead } from '@/api/shapes';
import { ImportDesk } from '@/features/people/import-desk';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';

const read: ImportRead = {
  id: 'i1',
  file_name: 'people.csv',
  origin: '',
  encoding: 'cp1252',
  separator: ';',
  has_headings: true,
  lines: 3,
  key: 'email',
  status: 'uploaded',
  done: 0,
  counts: {},
  created_at: '2026-11-22T10:00:00Z',
  ended_at: null,
  undone_at: null,
  kept_until: '2026-12-22T10:00:00Z',
  can_be_undone: false,
  has_failed: false,
  is_mine: true,
  headings: ['Name', 'Mail', 'Seat', 'Agreed', 'On', 'Paper'],
  sample: [['Ferhat', 'n@example.org', '0101', 'yes', '01/03/2026', 'B-1']],
  columns: { family_name: 0, email: 1, constituency: 2 },
  consents: [],
  addresses: {
    waiting: 0,
    asked: 0,
    passed_over: 0,
    confirmed: 0,
    asked_from: null,
    last_asked_at: null,
  },
  wordings: [
    {
      version: 'relay_contact.1',
      purpose: 'people.relay_contact',
      text: 'My relay may contact me.',
    },
  ],
};
const preview = {
  items: [
    {
      number: 2,
      outcome: 'new',
      refused: [],
      remarks: [],
      given_name: '',
      family_name: 'Ferhat',
      email: 'n@example.org',
      phone: '',
      locality: '',
      area: 'Alder, 1st',
      agreements: 1,
    },
    {
      number: 3,
      outcome: 'refused',
      refused: [{ code: 'bad_email', told: 'The e-mail address cannot exist.' }],
      remarks: [],
      given_name: '',
      family_name: 'Lamy',
      email: '',
      phone: '',
      locality: '',
      area: '',
      agreements: 0,
    },
  ],
  reasons: [{ code: 'bad_email', told: 'The e-mail address cannot exist.' }],
};

function serve(row: Partial<ImportRead>) {
  server.use(
    http.get('*/api/v1/people/imports/', () => HttpResponse.json({ items: [{ ...read, ...row }] })),
    http.get('*/api/v1/people/imports/i1/', () => HttpResponse.json({ ...read, ...row })),
    http.get('*/api/v1/people/imports/i1/preview/', () => HttpResponse.json(preview)),
  );
}

describe('bringing people in', () => {
  beforeEach(() => {
    serve({});
  });

  it('sends the file as it is, and keeps which one in the address', async () => {
    let sent = '';
    server.use(
      http.post('*/api/v1/people/imports/', ({ request }) => {
        sent = `${request.headers.get('content-type') ?? ''} ${new URL(request.url).searchParams.get('name') ?? ''}`;
        return HttpResponse.json(read, { status: 201 });
      }),
    );
    const { container, user, router } = show(<ImportDesk />);
    await user.click(await screen.findByRole('button', { name: 'Read the file' }));
    expect(screen.getByText('Choose a file first.')).toBeVisible();
    await user.upload(
      screen.getByLabelText('The file'),
      new File(['Name\nFerhat'], 'people.csv', { type: 'text/csv' }),
    );
    await expectNoAxeFinding(container);
    await user.click(screen.getByRole('button', { name: 'Read the file' }));
    await waitFor(() => {
      expect(router.state.location.search).toBe('?id=i1');
    });
    expect(sent).toBe('text/csv people.csv'); // what it holds, a real browser sends in the journey
  });

  it('proposes columns, and asks for the proof of what was agreed to', async () => {
    let said: ImportAsked | undefined;
    server.use(
      http.put('*/api/v1/people/imports/i1/', async ({ request }) => {
        said = (await request.json()) as ImportAsked;
        return HttpResponse.json({ ...read, status: 'checking' });
      }),
    );
    const { container, user } = show(<ImportDesk />, { at: '/?id=i1' });
    expect(await screen.findByLabelText('What the column Mail holds')).toHaveValue('email');
    await user.selectOptions(screen.getByLabelText('What the column Name holds'), 'given_name');
    await user.click(screen.getByRole('button', { name: 'Add an agreement' }));
    const group = screen.getByRole('group', { name: 'Agreement 1' });
    expect(within(group).getByLabelText('Column of the agreement')).toHaveValue('3');
    expect(within(group).getByLabelText('Day of the agreement')).toHaveValue('4');
    await user.type(screen.getByLabelText('Where do these data come from?'), 'A market');
    await expectNoAxeFinding(container);
    await user.click(screen.getByRole('button', { name: 'Check the 3 lines' }));
    await waitFor(() => {
      expect(said).toEqual({
        columns: { given_name: 0, email: 1, constituency: 2 },
        consents: [
          {
            purpose: 'people.relay_contact',
            channel: 'email',
            wording: 'relay_contact.1',
            text: '',
            column: 3,
            date_column: 4,
            date: '',
            paper_column: 5,
            paper: '',
          },
        ],
        key: 'email',
        origin: 'A market',
        has_headings: true,
      });
    });
  });

  it('says what would happen to each line before it writes', async () => {
    serve({
      status: 'checked',
      counts: {
        new: 2,
        refused: 1,
        'refused.bad_email': 1,
        agreements: 1,
        to_ask: 1,
      },
    });
    const { container } = show(<ImportDesk />, { at: '/?id=i1' });
    expect(await screen.findByRole('button', { name: 'Write 2 people' })).toBeEnabled();
    expect(screen.getByText(/1 of them is by e-mail: the owner of the address is asked once/)).toBeVisible();
    const refused = await screen.findByRole('row', { name: /Lamy/ });
    expect(within(refused).getByText('The e-mail address cannot exist.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Download these lines' })).toBeEnabled();
    await expectNoAxeFinding(container);
  });

  it('says how many addresses wait for their owners, and until when they are asked', async () => {
    serve({
      status: 'done',
      counts: { created: 4, waiting: 4 },
      addresses: {
        waiting: 3,
        asked: 0,
        passed_over: 1,
        confirmed: 0,
        asked_from: '2026-11-22T11:00:00Z',
        last_asked_at: '2026-11-22T11:01:00Z',
      },
    });
    const { container } = show(<ImportDesk />, { at: '/?id=i1' });
    expect(await screen.findByText('e-mail addresses wait for their owners')).toBeVisible();
    const pane = screen.getByRole('region', {
      name: 'E-mail addresses that wait for their owners',
    });
    expect(within(pane).getByText('not asked yet').parentElement).toHaveTextContent('3');
    expect(pane).toHaveTextContent('until then, undoing leaves nobody written to');
    expect(screen.queryByText(/No agreement was kept/)).toBeNull();
    await expectNoAxeFinding(container);
  });

  it('offers to take over what somebody left, and nothing else of it before', async () => {
    serve({ status: 'done', origin: 'A market', is_mine: false });
    server.use(
      http.post('*/api/v1/people/imports/i1/take-over/', () => {
        serve({ status: 'done', origin: 'A market', can_be_undone: true });
        return HttpResponse.json(read);
      }),
    );
    const { container, user } = show(<ImportDesk />);
    const row = await screen.findByRole('row', { name: /A market/ });
    expect(within(row).queryByRole('link')).toBeNull();
    await expectNoAxeFinding(container);
    await user.click(within(row).getByRole('button', { name: 'Take over' }));
    expect(await screen.findByRole('link', { name: 'A market' })).toBeVisible();
    expect(screen.getByRole('button', { name: 'Undo' })).toBeVisible();
  });

  it('asks before it takes an import back, and says how many go', async () => {
    const asked: string[] = [];
    serve({
      status: 'done',
      can_be_undone: true,
      origin: 'A market',
      counts: { created: 2, filled: 1 },
    });
    server.use(
      http.post('*/api/v1/people/imports/i1/undo/', () => {
        asked.push('undo');
        serve({
          status: 'undone',
          counts: { 'undo.deleted': 1, 'undo.kept': 1 },
        });
        return HttpResponse.json({ ...read, status: 'undoing' });
      }),
    );
    const { user } = show(<ImportDesk />, { at: '/?id=i1' });
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    const dialog = screen.getByRole('alertdialog');
    expect(dialog).toHaveTextContent('2 people whom it created are deleted');
    expect(asked).toEqual([]);
    await user.click(within(dialog).getByRole('button', { name: 'Undo the import' }));
    expect(await screen.findByText('stays: has acted since')).toBeVisible();
    expect(asked).toEqual(['undo']);
  });

  it('says that an undo stopped at a fault, and tries again', async () => {
    const counts = { created: 4, filled: 0, met: 0, 'undo.deleted': 1 };
    serve({ status: 'undoing', has_failed: true, done: 1, counts });
    server.use(
      http.post('*/api/v1/people/imports/i1/undo/', () => {
        serve({ status: 'undoing', has_failed: false, done: 1, counts });
        return HttpResponse.json({ ...read, status: 'undoing' });
      }),
    );
    const { user } = show(<ImportDesk />, { at: '/?id=i1' });
    expect(await screen.findByRole('alert')).toHaveTextContent('This undo stopped at a fault on our side');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => {
      expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    });
    expect(screen.queryByRole('button', { name: 'Try again' })).not.toBeInTheDocument();
  });
});
