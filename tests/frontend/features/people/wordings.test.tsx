import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { DocumentsProposed } from '@/features/people/documents-proposed';
import { WordingDesk } from '@/features/people/wording-desk';
import { WordingsDesk } from '@/features/people/wordings-desk';
import { vault } from '@/lib/vault';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';
import { wording, wordings } from './wordings';

const row = {
  id: '11111111-1111-7111-8111-111111111111',
  number: 1,
  state: 'draft' as const,
  title: 'Contact by the relay',
  language: 'en',
  is_fallback: false,
  created_at: '2026-11-01T10:00:00Z',
  proposed_at: null,
  comments_until: null,
  members_comment: false,
  adopted_at: null,
  agree_by: null,
  superseded_at: null,
  withdrawn_at: null,
};
const may = {
  edit: true,
  propose: true,
  adopt: false,
  withdraw: true,
  see_comments: false,
  comment: false,
  answer: false,
  agree: false,
};
const draft = {
  ...row,
  kind: 'house_wording',
  wording: 'relay_contact',
  revision: 1,
  summary: '',
  paragraphs: [{ kind: 'same', index: 0, html: '<p>We may write to you.</p>', pieces: [] }],
  compared_with: null,
  texts: { en: { title: '', summary: '', body: 'We may write to you.' } },
  agreed_at: null,
  to_ask: null,
  asks_for_number: false,
  abilities: may,
};
const own = wording({
  in_force: {
    version: 'relay_contact-house.1',
    text: 'We may write to you.',
    since: '2026-11-20T10:00:00Z',
    until: null,
  },
  is_own: true,
  is_behind: true,
  abilities: { draft: true, retire: true },
  versions: [{ ...row, state: 'adopted', adopted_at: '2026-11-20T10:00:00Z' }],
});
const asked: string[] = [];

beforeEach(async () => {
  asked.length = 0;
  await vault.clear();
});

describe('the words of the forms', () => {
  it('are listed as they are read now, and one begins writing them from there', async () => {
    server.use(
      http.get('*/api/v1/people/wordings/', () => HttpResponse.json(wordings([wording()]))),
      http.post('*/api/v1/people/wordings/relay_contact/draft/', () => HttpResponse.json(draft, { status: 201 })),
    );
    const { container, router, user } = show(<WordingsDesk />);
    const pane = await screen.findByRole('region', { name: 'Contact by the relay' });
    expect(within(pane).getByText('The relay may contact me.')).toBeVisible();
    expect(within(pane).getByText('comes with the software')).toBeVisible();
    await expectNoAxeFinding(container);
    await user.click(within(pane).getByRole('button', { name: 'Write our own words: Contact by the relay' }));
    expect(router.state.location.pathname).toBe('/desk/wordings/relay_contact');
  });

  it('say when the software changed its own since, and are given back once that was read', async () => {
    server.use(
      http.get('*/api/v1/people/wordings/', () => HttpResponse.json(wordings([own]))),
      http.post('*/api/v1/people/documents/versions/:id/retire/', ({ params }) => {
        asked.push(String(params['id']));
        return HttpResponse.json(wordings([wording()]));
      }),
    );
    const { user } = show(<WordingsDesk />);
    expect(await screen.findByText(/has changed since you adopted yours/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Use the software’s words again' }));
    const sure = screen.getByRole('alertdialog');
    expect(within(sure).getByText('The relay may contact me.')).toBeVisible();
    await user.click(within(sure).getByRole('button', { name: 'Use the software’s words again' }));
    expect(await screen.findByText('comes with the software')).toBeVisible();
    expect(asked).toEqual([row.id]);
  });

  it('are written in one paragraph of each language, and proposed without a mail', async () => {
    const said: unknown[] = [];
    server.use(
      http.get('*/api/v1/people/wordings/', () =>
        HttpResponse.json(wordings([wording({ under_way: row, versions: [row] })])),
      ),
      http.get('*/api/v1/people/documents/versions/:id/', () => HttpResponse.json(draft)),
      http.patch('*/api/v1/people/documents/versions/:id/', async ({ request }) => {
        said.push(await request.json());
        return HttpResponse.json({ ...draft, revision: 2 });
      }),
    );
    const { container, user } = show(<WordingDesk slug="relay_contact" />);
    const [, english] = await screen.findAllByRole('textbox', { name: 'Text' });
    expect(english).toHaveValue('We may write to you.');
    expect(english).toHaveAccessibleDescription('One paragraph of at most 600 letters.');
    expect(screen.queryByRole('textbox', { name: 'Title' })).not.toBeInTheDocument();
    expect(screen.getByText(/The sentence has to say/)).toBeVisible();
    await expectNoAxeFinding(container);
    await user.click(screen.getByRole('button', { name: 'Propose' }));
    expect(within(screen.getByRole('alertdialog')).getByText(/nobody is mailed/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Change nothing' }));
    await user.type(english as HTMLElement, ' Soon.');
    await user.click(screen.getByRole('button', { name: 'Save the text' }));
    await screen.findByText('The text is saved.');
    expect(said).toMatchObject([{ revision: 1, texts: { en: { body: 'We may write to you. Soon.' } } }]);
  });

  it('are read and commented on from the first page while they are proposed', () => {
    const proposed = { ...row, state: 'proposed' as const, comments_until: '2026-12-14' };
    show(
      <DocumentsProposed
        charter={{
          languages: ['fr', 'en'],
          in_force: null,
          under_way: null,
          versions: [],
          proposed_wordings: [proposed],
          mine: { agreed_at: null, is_asked: false },
          abilities: { draft: false },
        }}
      />,
    );
    expect(screen.getByRole('heading', { name: 'New words beside a box: Contact by the relay' })).toBeVisible();
    expect(screen.getByRole('link')).toHaveAttribute('href', `/charter?version=${row.id}`);
  });
});
