import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { ParagraphsPane } from '@/features/actions/paragraphs-pane';
import { expectNoAxeFinding } from '~tests/axe';
import { action } from '~tests/samples';
import { server } from '~tests/server';
import { show } from '~tests/show';

const alder = { id: 'ar1', name: 'Alder' };
const own = {
  id: 'q1',
  area: alder,
  language: 'en',
  words: 'Bring the petition.',
  version: 4,
  by: 'Ada Lind',
  changed_at: '2026-11-29T10:00:00Z',
  is_theirs: true,
};
const above = { ...own, id: 'q2', area: { id: 'ar9', name: 'The North' }, words: 'Be there at ten.', is_theirs: false };

describe('what places add to a brief', () => {
  it('is changed with its version, taken out, and put back as it was', async () => {
    const sent: unknown[] = [];
    server.use(
      http.get('*/api/v1/actions/x1/paragraphs/', () =>
        HttpResponse.json({ items: [above, own], areas: [alder], is_open: true }),
      ),
      http.put('*/api/v1/actions/x1/paragraphs/', async ({ request }) => {
        const body = (await request.json()) as { words: string };
        sent.push(body);
        return HttpResponse.json({
          items: [above, { ...own, words: body.words, version: 5 }],
          areas: [alder],
          is_open: true,
        });
      }),
      http.delete('*/api/v1/actions/x1/paragraphs/q1/', ({ request }) => {
        sent.push(new URL(request.url).searchParams.get('version'));
        return HttpResponse.json({ items: [above], areas: [alder], is_open: true });
      }),
    );
    const { user, container } = show(<ParagraphsPane action={action({ status: 'launched' })} />);
    expect(await screen.findByText('Be there at ten.')).toBeVisible();
    await expectNoAxeFinding(container);
    await user.type(screen.getByLabelText('Alder, in English'), ' All of it.');
    await user.click(screen.getByRole('button', { name: 'Keep the change' }));
    expect(await screen.findByDisplayValue('Bring the petition. All of it.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Take out of the brief' }));
    expect(await screen.findByText(/the relays no longer read it/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Put back into the brief' }));
    expect(await screen.findByRole('button', { name: 'Take out of the brief' })).toBeVisible();
    const said = { area: 'ar1', language: 'en', words: 'Bring the petition. All of it.' };
    expect(sent).toEqual([{ ...said, version: 4 }, '5', { ...said, version: 0 }]);
  });

  it('offers the languages that are still free, and keeps what was typed when it is refused', async () => {
    server.use(
      http.get('*/api/v1/actions/x1/paragraphs/', () =>
        HttpResponse.json({ items: [own], areas: [alder], is_open: true }),
      ),
      http.put('*/api/v1/actions/x1/paragraphs/', () =>
        HttpResponse.json({ code: 'version_conflict', detail: 'Somebody was faster.' }, { status: 409 }),
      ),
    );
    const { user } = show(<ParagraphsPane action={action({ status: 'launched' })} />);
    const fresh = within(await screen.findByRole('group', { name: 'Add a paragraph' }));
    expect(fresh.getAllByRole('option').map(({ textContent }) => textContent)).toEqual(['Alder, in French']);
    await user.type(fresh.getByLabelText('What you add'), 'Apportez-la.');
    await user.click(fresh.getByRole('button', { name: 'Add to the brief' }));
    expect(await screen.findByText('Somebody was faster.')).toBeVisible();
    expect(fresh.getByLabelText('What you add')).toHaveValue('Apportez-la.');
  });
});
