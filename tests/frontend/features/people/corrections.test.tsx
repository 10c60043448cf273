import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { OfficerCard } from '@/features/people/officer-card';
import { OwnFacts } from '@/features/people/own-facts';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';

const own = {
  given_name: 'Nadia',
  family_name: 'Ferhat',
  language: 'en',
  locality: 'Little Alder',
  area: 'Alder, 2nd',
  shows_given_name: false,
  created_at: '2026-11-01T10:00:00Z',
  contacts: [{ channel: 'phone', value: '+33612345678', is_verified: true, is_preferred: true }],
  consents: [],
  agreements: [],
  qualifications: [],
  merges: [],
};
const seats = [
  { code: 'A01', name: 'Alder, 1st' },
  { code: 'A02', name: 'Alder, 2nd' },
];

describe('what is known of me is put right by me', () => {
  const sent: unknown[] = [];
  const takes = (part: object) => async (request: Request) => {
    sent.push(await request.json());
    return HttpResponse.json({ ...own, ...part });
  };
  beforeEach(() => {
    sent.length = 0;
    server.use(
      http.get('*/api/v1/people/me/', () => HttpResponse.json(own)),
      http.get('*/api/v1/people/wordings/', () =>
        HttpResponse.json({
          items: [
            {
              slug: 'relay_contact',
              purpose: 'people.relay_contact',
              in_force: { version: 'relay_contact.1', text: 'My relay may contact me.' },
            },
          ],
        }),
      ),
      http.get('*/api/v1/territories/search/', () =>
        HttpResponse.json({
          items: [
            { kind: 'commune', code: '01001', name: 'Valbrune', context: 'Alder', seats, split: true },
            { kind: 'commune', code: '01002', name: 'Valbois', context: 'Alder', seats: [seats[1]], split: false },
          ],
        }),
      ),
    );
  });

  it('takes the names as they are', async () => {
    server.use(http.put('*/api/v1/people/me/names/', ({ request }) => takes({ given_name: 'Nadège' })(request)));
    const { user } = show(<OwnFacts />);
    await user.click(await screen.findByRole('button', { name: 'Correct the name' }));
    const dialog = screen.getByRole('dialog', { name: 'Correct the name' });
    await expectNoAxeFinding(dialog);
    await user.clear(screen.getByRole('textbox', { name: 'First name' }));
    await user.type(screen.getByRole('textbox', { name: 'First name' }), 'Nadège');
    await user.click(screen.getByRole('button', { name: 'Put it right' }));
    expect(await screen.findByText('Nadège Ferhat')).toBeVisible();
    expect(screen.getByText('Put right.')).toBeVisible();
    expect(sent).toEqual([{ given_name: 'Nadège', family_name: 'Ferhat' }]);
  });

  it('asks for the constituency of a commune that lies in several', async () => {
    server.use(http.put('*/api/v1/people/me/place/', ({ request }) => takes({ locality: 'Valbrune' })(request)));
    const { user } = show(<OwnFacts />);
    await user.click(await screen.findByRole('button', { name: 'Change where I live' }));
    await user.type(screen.getByRole('searchbox', { name: 'Where?' }), 'val');
    await user.click(await screen.findByRole('radio', { name: 'Valbrune, Alder' }));
    expect(screen.getByRole('button', { name: 'Put it right' })).toBeDisabled();
    await expectNoAxeFinding(screen.getByRole('dialog'));
    await user.click(screen.getByRole('radio', { name: 'Alder, 2nd' }));
    await user.click(screen.getByRole('button', { name: 'Put it right' }));
    await waitFor(() => {
      expect(sent).toEqual([{ commune: '01001', constituency: 'A02' }]);
    });
  });

  it('says before that an agreement ends with its number, and takes the one that is ticked for the new', async () => {
    server.use(http.post('*/api/v1/people/me/numbers/', ({ request }) => takes({})(request)));
    const { user } = show(<OwnFacts />);
    await user.click(await screen.findByRole('button', { name: 'Change +33612345678 (Telephone)' }));
    const dialog = screen.getByRole('dialog');
    expect(dialog).toHaveTextContent(/to be called or texted, ends with it/);
    const box = await within(dialog).findByRole('checkbox', { name: 'My relay may contact me.' });
    expect(box).not.toBeChecked();
    await expectNoAxeFinding(dialog);
    const field = screen.getByRole('textbox', { name: 'Number' });
    await user.clear(field);
    await user.type(field, '0699887766');
    await user.click(box);
    await user.click(screen.getByRole('button', { name: 'Put it right' }));
    expect(await screen.findByText('Put right.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Change +33612345678 (Telephone)' }));
    await user.click(screen.getByRole('button', { name: 'Take it away' }));
    await waitFor(() => {
      expect(sent).toEqual([
        { channel: 'phone', number: '0699887766', instead_of: '+33612345678', agreed_words: 'relay_contact.1' },
        { channel: 'phone', number: '', instead_of: '+33612345678', agreed_words: '' },
      ]);
    });
  });

  it('writes to another address, and says that nothing changes before it is confirmed', async () => {
    server.use(
      http.post('*/api/v1/people/me/address/', async ({ request }) => {
        const said = (await request.json()) as { email: string };
        sent.push(said);
        return said.email.includes('@')
          ? new HttpResponse(null, { status: 202 })
          : HttpResponse.json({ code: 'invalid', fields: { email: ['Not an address.'] } }, { status: 400 });
      }),
    );
    const { user } = show(<OwnFacts />);
    await user.click(await screen.findByRole('button', { name: 'Change my e-mail address' }));
    const dialog = screen.getByRole('dialog');
    await expectNoAxeFinding(dialog);
    const field = screen.getByRole('textbox', { name: 'New e-mail address' });
    await user.type(field, 'nadia');
    await user.click(screen.getByRole('button', { name: 'Write to it' }));
    expect(await screen.findByText('Not an address.')).toBeVisible();
    await user.type(field, '@mail.example');
    await user.click(screen.getByRole('button', { name: 'Write to it' }));
    expect(await screen.findByText(/A mail waits at nadia@mail.example/)).toBeVisible();
    expect(sent).toEqual([{ email: 'nadia' }, { email: 'nadia@mail.example' }]);
  });

  it('says at the field what is wrong with a number', async () => {
    server.use(
      http.post('*/api/v1/people/me/numbers/', () =>
        HttpResponse.json({ code: 'invalid', fields: { number: ['Not a number.'] } }, { status: 400 }),
      ),
    );
    const { user } = show(<OwnFacts />);
    await user.click(await screen.findByRole('button', { name: 'Add a telephone number' }));
    await user.type(screen.getByRole('textbox', { name: 'Number' }), '12');
    await user.click(screen.getByRole('button', { name: 'Put it right' }));
    expect(await screen.findByText('Not a number.')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Take it away' })).toBeNull();
  });
});

describe('the officer puts right what is known of who has no account', () => {
  it.each([true, false])('where they may: %s', async (correct) => {
    const sent: unknown[] = [];
    const inspected = { ...own, abilities: { correct } };
    server.use(
      http.get('*/api/v1/people/reasons/r1/card/', () => HttpResponse.json(inspected)),
      http.post('*/api/v1/people/reasons/r1/numbers/', async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json(inspected);
      }),
    );
    const { user, container } = show(<OfficerCard reasonId="r1" person="Nadia F" onErased={() => undefined} />);
    await screen.findByRole('heading', { name: 'Nadia Ferhat' });
    if (!correct) {
      expect(screen.queryByRole('heading', { name: 'Put it right' })).toBeNull();
      return;
    }
    await expectNoAxeFinding(container);
    await user.click(screen.getByRole('button', { name: 'Add a telephone number' }));
    await user.type(screen.getByRole('textbox', { name: 'Number' }), '0699887766');
    await user.click(screen.getByRole('checkbox', { name: /they answered/ }));
    await user.click(screen.getByRole('button', { name: 'Put it right' }));
    await waitFor(() => {
      expect(sent).toEqual([{ channel: 'phone', number: '0699887766', instead_of: '', is_proved: true }]);
    });
  });
});
