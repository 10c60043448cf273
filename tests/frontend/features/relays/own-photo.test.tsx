import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { OwnName } from '@/features/people/own-name';
import { OwnPhoto } from '@/features/relays/own-photo';
import { expectNoAxeFinding } from '../../axe';
import { server } from '../../server';
import { show } from '../../show';

const none = { photo: '', may_show: true, wording: 'This page shows this photo of me.', version: 'relay_photo.1' };
const asked: string[] = [];

beforeEach(() => {
  asked.length = 0;
  server.use(
    http.get('*/api/v1/relays/photo/', () => HttpResponse.json(none)),
    http.put('*/api/v1/relays/photo/', ({ request }) => {
      asked.push(`${new URL(request.url).search} ${request.headers.get('content-type') ?? ''}`);
      server.use(http.get('*/api/v1/relays/photo/', () => HttpResponse.json({ ...none, photo: '/photos/p1.jpg' })));
      return HttpResponse.json({ ...none, photo: '/photos/p1.jpg' });
    }),
    http.delete('*/api/v1/relays/photo/', () => {
      asked.push('taken back');
      server.use(http.get('*/api/v1/relays/photo/', () => HttpResponse.json(none)));
      return HttpResponse.json(none);
    }),
  );
});

describe('the photo that I show', () => {
  it('leaves only with the box ticked, and is taken back with one press', async () => {
    const { user, container } = show(<OwnPhoto />);
    await user.upload(await screen.findByLabelText('My photo'), new File(['x'], 'me.png', { type: 'image/png' }));
    const button = screen.getByRole('button', { name: 'Show this photo' });
    expect(button).toBeDisabled();
    await user.click(screen.getByRole('checkbox', { name: 'This page shows this photo of me.' }));
    await user.click(button);
    expect(await screen.findByRole('img', { name: 'My photo' })).toHaveAttribute('src', '/photos/p1.jpg');
    expect(asked).toEqual(['?agrees=relay_photo.1 image/png']);
    expect(screen.getByRole('checkbox')).not.toBeChecked();
    await expectNoAxeFinding(container);
    await user.click(screen.getByRole('button', { name: 'Take my photo back' }));
    await waitFor(() => {
      expect(screen.queryByRole('img')).not.toBeInTheDocument();
    });
  });

  it('says what is wrong with a file', async () => {
    server.use(
      http.put('*/api/v1/relays/photo/', () =>
        HttpResponse.json(
          { code: 'image_unreadable', detail: '', status: 400, fields: { photo: ['This is no picture.'] } },
          { status: 400 },
        ),
      ),
    );
    const { user } = show(<OwnPhoto />);
    await user.click(await screen.findByRole('checkbox'));
    await user.click(screen.getByRole('button', { name: 'Show this photo' }));
    expect(screen.getByText('Choose a photo first.')).toBeVisible();
    await user.upload(screen.getByLabelText('My photo'), new File(['x'], 'me.jpg', { type: 'image/jpeg' }));
    await user.click(screen.getByRole('button', { name: 'Show this photo' }));
    expect(await screen.findByText('This is no picture.')).toBeVisible();
    expect(screen.getByLabelText('My photo')).toHaveAttribute('aria-invalid', 'true');
  });

  it('is not offered to who holds no seat', async () => {
    server.use(http.get('*/api/v1/relays/photo/', () => HttpResponse.json({ ...none, may_show: false })));
    const { container } = show(<OwnPhoto />);
    await waitFor(() => {
      expect(container).toBeEmptyDOMElement();
    });
  });
});

describe('my first name', () => {
  it('is shown or not by a switch that counts at once', async () => {
    const own = { given_name: 'Zélie', shows_given_name: false };
    server.use(
      http.get('*/api/v1/people/me/', () => HttpResponse.json(own)),
      http.put('*/api/v1/people/me/given-name/', async ({ request }) => {
        asked.push(JSON.stringify(await request.json()));
        return HttpResponse.json({ ...own, shows_given_name: true });
      }),
    );
    const { user } = show(<OwnName />);
    const name = await screen.findByRole('switch', { name: /Show my first name, Zélie/ });
    expect(name).not.toBeChecked();
    await user.click(name);
    await waitFor(() => {
      expect(name).toBeChecked();
    });
    expect(asked).toEqual(['{"shows":true}']);
  });
});
