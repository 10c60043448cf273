import { fireEvent, screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { outbox } from '@/api/outbox';
import type { Report } from '@/api/shapes';
import { ReportForm } from '@/features/actions/report-form';
import { UnsentReport } from '@/features/actions/unsent-report';
import { vault } from '@/lib/vault';
import { expectNoAxeFinding } from '~tests/axe';
import { assignment } from '~tests/samples';
import { server } from '~tests/server';
import { show } from '~tests/show';

const path = '*/api/v1/actions/assignments/:id/report/';
const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });
const reported = (part: Partial<Report> = {}): Report => ({
  met: 'staff',
  met_on: today,
  stance: null,
  quote: 'From the tablet.',
  failed: '',
  reported_at: new Date().toISOString(),
  version: 1,
  photo: '',
  ...part,
});

/** A report that left too late: another one is there. */
async function refuseOnce(sent: unknown[]) {
  server.use(
    http.post(path, async ({ request }) => {
      sent.push(await request.json());
      if (sent.length > 1) return HttpResponse.json(assignment({ answer: 'reported' }));
      const body = { code: 'report_differs', detail: 'Something else was reported meanwhile.', report: reported() };
      return HttpResponse.json(body, { status: 409 });
    }),
  );
  const shown = show(<ReportForm assignment={assignment()} />);
  await shown.user.click(screen.getByLabelText('Someone of their staff'));
  await shown.user.type(screen.getByLabelText('One sentence to remember'), 'From the phone.');
  await shown.user.click(screen.getByRole('button', { name: 'Send my report' }));
  expect(await screen.findByText('From the tablet.')).toBeVisible();
  return shown;
}

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
        body: {
          met: 'holder',
          met_on: today,
          stance: 1,
          quote: 'I will vote for it.',
          failed: '',
          read_version: 0,
        },
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

  it('takes a day of the action at the place, and no other', async () => {
    const { user } = show(<ReportForm assignment={assignment()} />);
    await user.click(screen.getByLabelText('Someone of their staff'));
    fireEvent.change(screen.getByLabelText('On which day?'), { target: { value: '2020-01-01' } });
    await user.click(screen.getByRole('button', { name: 'Send my report' }));
    expect(screen.getByText(/^A day from .* to today\.$/)).toBeVisible();
    expect(await outbox.entries()).toEqual([]);
  });

  it('shows what was reported from elsewhere beside what waits here, and keeps the words of both', async () => {
    const sent: unknown[] = [];
    const { user, container } = await refuseOnce(sent);
    await expectNoAxeFinding(container);
    await user.click(screen.getByRole('button', { name: 'Keep the words of both' }));
    const field = screen.getByLabelText('One sentence to remember');
    await waitFor(() => {
      expect(field).toHaveValue('From the tablet.\nFrom the phone.');
    });
    expect(await outbox.entries()).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Send my report' }));
    expect(await screen.findByText('Report received. Thank you.')).toBeVisible();
    expect(sent[1]).toMatchObject({ quote: 'From the tablet.\nFrom the phone.', read_version: 1 });
  });

  it.each([
    ['What I wrote here stands', 'Report received. Thank you.', [{ quote: 'From the phone.', read_version: 1 }]],
    ['What was reported stands', 'What was reported stands. Nothing of what was written here was sent.', []],
  ])('lets its author choose: %s', async (choice, told, later) => {
    const sent: unknown[] = [];
    const { user } = await refuseOnce(sent);
    await user.click(screen.getByRole('button', { name: choice }));
    expect(await screen.findByText(told)).toBeVisible();
    expect(sent.slice(1)).toMatchObject(later);
    expect(await outbox.entries()).toEqual([]);
  });

  it('that the server takes no more stays, beside what is there, until its author lets it go', async () => {
    const body = { met: 'staff', met_on: today, stance: null, quote: 'I went.', failed: '', read_version: 0 };
    const said = { code: 'taken_over', detail: 'Somebody next door has reported.', report: reported() };
    server.use(http.post(path, () => HttpResponse.json(said, { status: 409 })));
    await outbox.add({ subject: 'report:g1', path: '/api/v1/actions/assignments/g1/report/', body });
    await outbox.send();
    const [entry] = await outbox.entries();
    if (!entry) throw new Error('it stays');
    const { user, container } = show(<UnsentReport entry={entry} hasLink />);
    for (const words of ['Somebody next door has reported.', 'I went.', 'From the tablet.']) {
      expect(screen.getByText(words)).toBeVisible();
    }
    expect(screen.getByRole('link', { name: 'Write it in a mail' })).toHaveAttribute(
      'href',
      expect.stringContaining(encodeURIComponent('I went.')),
    );
    await expectNoAxeFinding(container);
    await user.click(screen.getByRole('button', { name: 'Copy the text' }));
    expect(await navigator.clipboard.readText()).toContain('I went.');
    await user.click(screen.getByRole('button', { name: 'Erase from this device' }));
    await waitFor(async () => {
      expect(await outbox.entries()).toEqual([]);
    });
  });

  it('that left while another screen was open is not taken for a draft', async () => {
    const first = show(<ReportForm assignment={assignment()} />);
    await first.user.type(screen.getByLabelText('One sentence to remember'), 'Sent.');
    await first.user.click(screen.getByLabelText('Someone of their staff'));
    first.unmount();
    show(<ReportForm assignment={assignment({ report: reported({ quote: 'Sent.' }) })} />);
    expect(await screen.findByDisplayValue('Sent.')).toBeVisible();
    await waitFor(async () => {
      expect(await vault.get('draft:report:g1')).toMatchObject({ read_version: 1 });
    });
    expect(screen.queryByText('Here is what you had begun.')).toBeNull();
  });

  it('takes a photo along that waits with it, and says who sees it', async () => {
    const sent: Record<string, unknown>[] = [];
    server.use(
      http.post(path, async ({ request }) => {
        sent.push((await request.json()) as Record<string, unknown>);
        return sent.length === 1 ? HttpResponse.error() : HttpResponse.json(assignment({ answer: 'reported' }));
      }),
    );
    const { user, container } = show(<ReportForm assignment={assignment()} />);
    await user.click(screen.getByLabelText('Someone of their staff'));
    const field = screen.getByLabelText('A photo (optional)');
    expect(field).toHaveAccessibleDescription(/Show the faces of others only with their yes/);
    await user.upload(field, new File([new Uint8Array(1_600_000)], 'large.jpg', { type: 'image/jpeg' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('too heavy');
    await user.upload(field, new File(['light'], 'light.jpg', { type: 'image/jpeg' }));
    expect(await screen.findByRole('img', { name: 'The photo that you chose' })).toBeVisible();
    await expectNoAxeFinding(container);
    await user.click(screen.getByRole('button', { name: 'Send my report' }));
    expect(await screen.findByText('It is on its way.')).toBeVisible();
    expect(await outbox.entries()).toMatchObject([{ photo: btoa('light') }]);
    await outbox.send();
    expect(await screen.findByText('Report received. Thank you.')).toBeVisible();
    expect(sent.map(({ photo }) => photo)).toEqual([btoa('light'), btoa('light')]);
    await waitFor(async () => {
      expect(await vault.names('draft:')).toEqual([]);
    });
  });

  it('takes the photo that came with it out again', async () => {
    const removed: string[] = [];
    server.use(
      http.delete('*/api/v1/actions/assignments/:id/report/photo/', ({ params }) => {
        removed.push(String(params.id));
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user } = show(<ReportForm assignment={assignment({ report: reported({ photo: '/photo/?photo=1' }) })} />);
    expect(screen.getByRole('img', { name: 'Photo that came with the report' })).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Take this photo out' }));
    await waitFor(() => {
      expect(removed).toEqual(['g1']);
    });
  });
});
