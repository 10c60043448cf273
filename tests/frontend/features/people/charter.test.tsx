import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Charter } from '@/api/shapes';
import { CharterAsked } from '@/features/people/charter-asked';
import { DocumentsProposed } from '@/features/people/documents-proposed';
import { CharterDesk } from '@/features/people/charter-desk';
import { OwnCharter } from '@/features/people/own-charter';
import { vault } from '@/lib/vault';
import { expectNoAxeFinding } from '../../axe';
import { server } from '../../server';
import { show } from '../../show';

const row: Charter['versions'][number] = {
  id: '11111111-1111-7111-8111-111111111111',
  number: 1,
  state: 'adopted',
  title: 'Charte des relais',
  language: 'fr',
  is_fallback: false,
  created_at: '2026-11-01T10:00:00Z',
  proposed_at: '2026-11-02T10:00:00Z',
  comments_until: '2026-11-20',
  members_comment: false,
  adopted_at: '2026-11-21T10:00:00Z',
  agree_by: '2026-12-21',
  superseded_at: null,
  withdrawn_at: null,
};
const next: typeof row = {
  ...row,
  id: '22222222-2222-7222-8222-222222222222',
  number: 2,
  state: 'proposed',
  adopted_at: null,
};
const no = {
  edit: false,
  propose: false,
  adopt: false,
  withdraw: false,
  see_comments: false,
  comment: false,
  answer: false,
  agree: false,
};
const whole = {
  kind: 'charter',
  wording: '',
  revision: 1,
  summary: '',
  paragraphs: [{ kind: 'same', index: 0, html: '<p>Un relais écoute.</p>', pieces: [] }],
  compared_with: null,
  texts: { fr: { title: 'Charte des relais', summary: '', body: 'Un relais écoute.' } },
  agreed_at: null,
  to_ask: null,
  asks_for_number: false,
  abilities: no,
};
const changed = {
  kind: 'changed',
  index: 1,
  html: '<p>On vous répond sous trois jours.</p>',
  pieces: [
    { kind: 'same', text: 'On vous répond sous ' },
    { kind: 'removed', text: 'huit' },
    { kind: 'added', text: 'trois' },
    { kind: 'same', text: ' jours.' },
  ],
};
const proposal = {
  ...next,
  ...whole,
  paragraphs: [...whole.paragraphs, changed],
  compared_with: 1,
};
const comment = {
  id: '33333333-3333-7333-8333-333333333333',
  voice: 'relay',
  author: '',
  is_mine: false,
  language: 'fr',
  paragraph: 'On vous répond sous trois jours.',
  index: 1,
  words: 'Trois jours ouvrés ?',
  written_at: '2026-11-10T10:00:00Z',
  state: 'open',
  answer: '',
  answered_at: null,
};

function charter(more: Partial<Charter> = {}): Charter {
  return {
    languages: ['fr', 'en'],
    in_force: row,
    under_way: null,
    versions: [row],
    proposed_wordings: [],
    mine: { agreed_at: null, is_asked: true },
    abilities: { draft: false },
    ...more,
  };
}

const asked: unknown[] = [];
beforeEach(() => {
  asked.length = 0;
  server.use(
    http.get('*/api/v1/people/charter/', () => HttpResponse.json(charter({ under_way: next, versions: [next, row] }))),
    http.get(`*/api/v1/people/documents/versions/${row.id}/`, () =>
      HttpResponse.json({ ...row, ...whole, abilities: { ...no, agree: true } }),
    ),
    http.get(`*/api/v1/people/documents/versions/${next.id}/`, () =>
      HttpResponse.json({ ...proposal, abilities: { ...no, see_comments: true, comment: true } }),
    ),
    http.get('*/comments/', () => HttpResponse.json({ items: [comment] })),
    http.post('*/comments/', async ({ request }) => {
      asked.push(await request.json());
      return HttpResponse.json(
        { items: [comment, { ...comment, id: '4', is_mine: true, words: 'Bravo' }] },
        { status: 201 },
      );
    }),
  );
});

describe('the charter that I read', () => {
  it('is agreed to with one button, and says so', async () => {
    server.use(
      http.post('*/agree/', () => {
        server.use(
          http.get(`*/api/v1/people/documents/versions/${row.id}/`, () =>
            HttpResponse.json({ ...row, ...whole, agreed_at: '2026-11-29T10:00:00Z' }),
          ),
        );
        return HttpResponse.json(charter({ mine: { agreed_at: '2026-11-29T10:00:00Z', is_asked: false } }));
      }),
    );
    const { container } = show(<OwnCharter chosen="" />);
    await userEvent.click(await screen.findByRole('button', { name: 'I have read it, and I agree' }));
    expect(await screen.findByText(/You agreed to it on/)).toBeInTheDocument();
    await expectNoAxeFinding(container);
  });

  it('shows what changes, in words too, and hides it at a press', async () => {
    show(<OwnCharter chosen={next.id} />);
    const text = await screen.findByText('huit');
    expect(text.tagName).toBe('DEL');
    expect(screen.getByText('trois').tagName).toBe('INS');
    expect(screen.getByText('Changed:')).toHaveClass('sr-only');
    await userEvent.click(screen.getByRole('button', { name: 'Show what changes since version 1' }));
    expect(screen.queryByText('huit')).not.toBeInTheDocument();
  });

  it('takes a comment on one paragraph', async () => {
    show(<OwnCharter chosen={next.id} />);
    await userEvent.click(await screen.findByRole('button', { name: 'Comment on paragraph 2' }));
    const field = screen.getByRole('textbox', { name: 'What you think of paragraph 2' });
    await waitFor(() => {
      expect(field).toHaveFocus();
    });
    await userEvent.type(field, 'Bravo');
    await userEvent.click(screen.getByRole('button', { name: 'Send what I think' }));
    expect(await screen.findByText('It is noted. The answer will appear here.')).toBeInTheDocument();
    expect(asked).toEqual([{ language: 'fr', paragraph: 1, words: 'Bravo' }]);
  });

  it('says on the first screen what it asks of me', async () => {
    show(
      <>
        <CharterAsked version={row.id} by="2026-12-24" turn="then" />
        <DocumentsProposed charter={charter({ under_way: next })} />
      </>,
    );
    expect(await screen.findByRole('link', { name: 'Read what changed, and agree' })).toHaveAttribute(
      'href',
      `/charter?version=${row.id}`,
    );
    expect(screen.getByRole('link', { name: 'Read what changes, and comment' })).toBeInTheDocument();
  });

  it.each([
    ['nothing is under way', null],
    ['a version is still a draft', { ...next, state: 'draft' as const }],
  ])('asks for no comment while %s', (_, under_way) => {
    const { container } = show(<DocumentsProposed charter={charter({ under_way })} />);
    expect(container).toBeEmptyDOMElement();
  });
});

describe('the charter at the desk', () => {
  beforeEach(() => {
    server.use(
      http.get(`*/api/v1/people/documents/versions/${next.id}/`, () =>
        HttpResponse.json({
          ...proposal,
          to_ask: 57,
          asks_for_number: true,
          abilities: { ...no, edit: true, adopt: true, withdraw: true, see_comments: true, answer: true },
        }),
      ),
      http.post('*/adopt/', async ({ request }) => {
        asked.push(await request.json());
        return HttpResponse.json({ ...proposal, state: 'adopted' });
      }),
    );
  });

  it('is adopted once the number of people to ask was typed', async () => {
    show(<CharterDesk>{null}</CharterDesk>);
    await userEvent.click(await screen.findByRole('button', { name: 'Adopt' }));
    const dialog = await screen.findByRole('alertdialog');
    expect(within(dialog).getByText(/57 people/)).toBeInTheDocument();
    const adopt = within(dialog).getByRole('button', { name: 'Adopt' });
    expect(adopt).toBeDisabled();
    await userEvent.type(within(dialog).getByRole('textbox', { name: 'Type 57 to confirm' }), '57');
    await userEvent.click(adopt);
    await waitFor(() => {
      expect(asked).toEqual([{ agree_by: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as unknown, expected: 57 }]);
    });
  });

  it('keeps what was typed when somebody else was faster', async () => {
    server.use(
      http.patch('*/versions/*', () =>
        HttpResponse.json(
          { code: 'version_conflict', detail: 'Quelqu’un a modifié ce texte.', status: 409 },
          { status: 409 },
        ),
      ),
    );
    show(<CharterDesk>{null}</CharterDesk>);
    const body = (await screen.findAllByRole('textbox', { name: 'Text' }))[0];
    if (!body) throw new Error('no field');
    await userEvent.type(body, ' Toujours.');
    await userEvent.click(screen.getByRole('button', { name: 'Save the text' }));
    expect(await screen.findByText('Quelqu’un a modifié ce texte.')).toBeInTheDocument();
    expect(body).toHaveValue('Un relais écoute. Toujours.');
  });

  it('keeps on this device what was typed and not saved, until it is thrown away', async () => {
    const first = show(<CharterDesk>{null}</CharterDesk>);
    const body = (await screen.findAllByRole('textbox', { name: 'Text' }))[0];
    if (!body) throw new Error('no field');
    await userEvent.type(body, ' Toujours.');
    await waitFor(async () => {
      expect(await vault.get(`draft:charter:${next.id}`)).toMatchObject({
        revision: 1,
        texts: { fr: { body: 'Un relais écoute. Toujours.' } },
      });
    });
    first.unmount();

    show(<CharterDesk>{null}</CharterDesk>);
    expect(await screen.findByText('This is what you typed on this device and did not save.')).toBeInTheDocument();
    const again = screen.getAllByRole('textbox', { name: 'Text' })[0];
    expect(again).toHaveValue('Un relais écoute. Toujours.');
    await userEvent.click(screen.getByRole('button', { name: 'Go back to what is saved' }));
    await waitFor(() => {
      expect(again).toHaveValue('Un relais écoute.');
    });
    expect(await vault.names('draft:')).toEqual([]);
  });

  it('says that somebody saved meanwhile, and lets both go on', async () => {
    await vault.put(`draft:charter:${next.id}`, {
      revision: 0,
      texts: {
        fr: { title: 'Charte des relais', summary: '', body: 'Le mien.' },
      },
    });
    show(<CharterDesk>{null}</CharterDesk>);
    expect(await screen.findByText(/Somebody saved this version meanwhile/)).toBeInTheDocument();
    expect(screen.getAllByRole('textbox', { name: 'Text' })[0]).toHaveValue('Le mien.');
  });
});
