import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import { Letters } from '@/features/messaging/letters';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';

describe('letters and calls', () => {
  it('show the page to print, and are marked once and undone', async () => {
    let doneAt: string | null = null;
    const deeds: string[] = [];
    const row = () => ({
      id: 'm1',
      name: 'Odette Marchand',
      place: 'Alder, 1st',
      channel: 'post',
      about: 'answers about your application',
      queued_at: '2026-11-24T10:00:00Z',
      done_at: doneAt,
    });
    server.use(
      http.get('*/api/v1/messaging/letters/', () => HttpResponse.json({ items: [row()], next: null })),
      http.get('*/api/v1/messaging/letters/m1/', () =>
        HttpResponse.json({
          ...row(),
          contact: '3 Bridge Street',
          language: 'en',
          subject: 'An answer to your application',
          paragraphs: ['Thank you, Odette.'],
          sender: 'The Campaign',
          sender_address: '1 Square',
          reference: 'AB12CD34',
          stays: null,
        }),
      ),
      http.all('*/api/v1/messaging/letters/m1/passed-on/', ({ request }) => {
        deeds.push(request.method);
        doneAt = request.method === 'POST' ? '2026-11-24T11:00:00Z' : null;
        return HttpResponse.json(row());
      }),
    );
    const { user, container } = show(
      <>
        <h1>Letters</h1>
        <Letters />
      </>,
    );
    await user.click(await screen.findByRole('button', { name: 'Open it' }));
    expect(await screen.findByText('Thank you, Odette.')).toBeVisible();
    expect(screen.getByText(/AB12CD34/)).toBeVisible();
    await expectNoAxeFinding(container);
    const print = vi.spyOn(window, 'print').mockImplementation(() => undefined);
    await user.click(screen.getByRole('button', { name: 'Print one page' }));
    expect(print).toHaveBeenCalledOnce();
    await user.click(screen.getByRole('button', { name: 'It is posted' }));
    await user.click(await screen.findByRole('button', { name: 'Not done after all' }));
    expect(await screen.findByRole('button', { name: 'It is posted' })).toBeVisible();
    expect(deeds).toEqual(['POST', 'DELETE']);
  });

  it('say that nothing waits', async () => {
    server.use(http.get('*/api/v1/messaging/letters/', () => HttpResponse.json({ items: [], next: null })));
    show(<Letters />);
    expect(await screen.findByRole('heading', { name: 'Nothing waits' })).toBeVisible();
  });

  it('note that somebody who was asked says they stay, and take it back', async () => {
    let stays = false;
    const deeds: string[] = [];
    const row = {
      id: 'm2',
      name: 'Odette Marchand',
      place: 'Alder, 1st',
      channel: 'phone',
      about: 'the question whether you stay',
      queued_at: '2026-11-24T10:00:00Z',
      done_at: null,
    };
    server.use(
      http.get('*/api/v1/messaging/letters/', () => HttpResponse.json({ items: [row], next: null })),
      http.get('*/api/v1/messaging/letters/m2/', () =>
        HttpResponse.json({
          ...row,
          contact: '+33600000001',
          language: 'en',
          subject: 'Do you wish to stay?',
          paragraphs: ['It is nearly three years.'],
          sender: 'The Campaign',
          sender_address: '1 Square',
          reference: 'AB12CD34',
          stays,
        }),
      ),
      http.all('*/api/v1/messaging/letters/m2/stays/', ({ request }) => {
        deeds.push(request.method);
        stays = request.method === 'POST';
        return HttpResponse.json(row);
      }),
    );
    const { user, container } = show(
      <>
        <h1>Letters</h1>
        <Letters />
      </>,
    );
    await user.click(await screen.findByRole('button', { name: 'Open it' }));
    await user.click(await screen.findByRole('button', { name: 'They wish to stay' }));
    expect(await screen.findByText(/They said that they stay/)).toBeVisible();
    await expectNoAxeFinding(container);
    await user.click(screen.getByRole('button', { name: 'They did not say so after all' }));
    expect(await screen.findByRole('button', { name: 'They wish to stay' })).toBeVisible();
    expect(deeds).toEqual(['POST', 'DELETE']);
  });
});
