import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import type { Corrections } from '@/api/shapes';
import { ActionEditor } from '@/features/actions/action-editor';
import { expectNoAxeFinding } from '~tests/axe';
import { action, network } from '~tests/samples';
import { server } from '~tests/server';
import { show } from '~tests/show';

const nothing: Corrections = { items: [], by_mail: 120, by_hand: 1, unread: 88, unreached: 0 };
const made: Corrections['items'][number] = {
  id: 'k1',
  version: 4,
  changed: 'The law, not the fund.',
  by: 'Nadia Ferhat',
  corrected_at: '2026-11-29T10:00:00Z',
  leaves_at: '2030-11-29T10:10:00Z',
  told: 0,
  undone_at: null,
  can_undo: true,
};
const running = action({
  status: 'launched',
  abilities: { ...action().abilities, edit: false, launch: false, correct: true },
});

describe('correcting a launched brief', () => {
  it('says whom it tells, asks for a sentence, and is undone', async () => {
    let sent: unknown;
    server.use(
      http.get('*/api/v1/actions/blocks/', () => HttpResponse.json({ items: [] })),
      http.get('*/api/v1/actions/x1/corrections/', () =>
        HttpResponse.json(sent ? { ...nothing, items: [made] } : nothing),
      ),
      http.post('*/api/v1/actions/x1/corrections/', async ({ request }) => {
        sent = await request.json();
        return HttpResponse.json({ ...nothing, items: [made] }, { status: 201 });
      }),
      http.post('*/api/v1/actions/x1/corrections/k1/undo/', () => {
        sent = 'undone';
        return HttpResponse.json({
          ...nothing,
          items: [{ ...made, can_undo: false, undone_at: '2026-11-29T10:02:00Z' }],
        });
      }),
    );
    const { user, container } = show(<ActionEditor networks={[network]} action={running} />);
    const pane = within(await screen.findByRole('region', { name: 'Correct the brief' }));
    expect(
      await pane.findByText(/^120 people got or opened it, .* 1 is brought it by hand\. 88 have not got it yet/),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Keep the changes' })).toBeNull();
    const button = pane.getByRole('button', { name: 'Correct, and tell 121 people' });
    await user.type(pane.getByLabelText('What changed, in English'), 'The law, not the fund.');
    expect(button).toBeDisabled();
    const english = within(screen.getByRole('region', { name: 'In English' }));
    await user.type(english.getByLabelText('The relay’s brief'), ' now');
    await expectNoAxeFinding(container);
    await user.click(button);
    await waitFor(() => {
      expect(sent).toEqual({
        version: 3,
        texts: { en: { title: 'One question', summary: '', brief: '# Why now' } },
        changed: { en: 'The law, not the fund.' },
      });
    });
    await user.click(await pane.findByRole('button', { name: 'Undo' }));
    await waitFor(() => {
      expect(sent).toBe('undone');
    });
  });
});
