import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { outbox } from '@/api/outbox';
import { ReportForm } from '@/features/actions/report-form';
import { expectNoAxeFinding } from '~tests/axe';
import { assignment } from '~tests/samples';
import { server } from '~tests/server';
import { show } from '~tests/show';

const path = '*/api/v1/actions/assignments/:id/report/';

describe('the report', () => {
  it('asks for one answer, and sends it with an Idempotency-Key', async () => {
    const sent: { key: string | null; body: unknown }[] = [];
    server.use(
      http.post(path, async ({ request }) => {
        sent.push({ key: request.headers.get('Idempotency-Key'), body: await request.json() });
        return HttpResponse.json(assignment({ answer: 'reported' }));
      }),
    );
    const { user, container } = show(<ReportForm assignment={assignment()} />);
    await expectNoAxeFinding(container);
    await user.click(screen.getByRole('button', { name: 'Send my report' }));
    expect(screen.getByText('Say whether you met them. The rest is kept.')).toBeVisible();
    expect(sent).toEqual([]);

    await user.click(screen.getByLabelText('Yes, in person'));
    await user.click(screen.getByLabelText('rather for'));
    await user.type(screen.getByLabelText('One sentence to remember'), 'I will vote for it.');
    await user.click(screen.getByRole('button', { name: 'Send my report' }));
    expect(await screen.findByText('Report received. Thank you.')).toBeVisible();
    expect(sent).toEqual([
      {
        key: expect.stringMatching(/^[0-9a-f-]{36}$/),
        body: { met: 'holder', stance: 1, quote: 'I will vote for it.', failed: '' },
      },
    ]);
  });

  it('hides the position when nobody was met, and asks what failed', async () => {
    const { user } = show(<ReportForm assignment={assignment()} />);
    await user.click(screen.getByLabelText('No, nobody'));
    expect(screen.queryByLabelText('for')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Send my report' }));
    expect(screen.getByText('A few words are enough. The rest is kept.')).toBeVisible();
  });

  it('asks for the position on the subject that the action names', () => {
    const { action } = assignment();
    show(<ReportForm assignment={assignment({ action: { ...action, subject: 'A human desk' } })} />);
    expect(screen.getByRole('group', { name: 'On “A human desk”, their position' })).toBeVisible();
  });

  it('keeps what was typed through a reload', async () => {
    const first = show(<ReportForm assignment={assignment()} />);
    await first.user.type(screen.getByLabelText('One sentence to remember'), 'Half a sentence');
    first.unmount();
    show(<ReportForm assignment={assignment()} />);
    expect(await screen.findByDisplayValue('Half a sentence')).toBeVisible();
    expect(screen.getByText('Here is what you had begun.')).toBeVisible();
  });

  it('keeps a report that the network lost, and one that the server refuses with its reason', async () => {
    server.use(http.post(path, () => HttpResponse.error()));
    const { user } = show(<ReportForm assignment={assignment()} />);
    await user.click(screen.getByLabelText('Someone of their staff'));
    await user.click(screen.getByRole('button', { name: 'Send my report' }));
    expect(await screen.findByText('It is on its way.')).toBeVisible();
    expect(await outbox.entries()).toHaveLength(1);

    server.use(
      http.post(path, () =>
        HttpResponse.json({ code: 'action_stopped', detail: 'This action was stopped.' }, { status: 409 }),
      ),
    );
    await outbox.send();
    expect(await screen.findByText('This action was stopped.')).toBeVisible();
    expect(screen.getByLabelText('Someone of their staff')).toBeChecked();
    await waitFor(async () => {
      expect(await outbox.entries()).toMatchObject([{ refusal: { code: 'action_stopped' } }]);
    });
  });
});
