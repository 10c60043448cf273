import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { EnterPerson } from '@/features/people/enter-person';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';
import { wording, wordings } from './wordings';

const changed = wording({
  in_force: {
    version: 'relay_contact-house.1',
    text: 'We may write to you.',
    since: '2026-11-20T10:00:00Z',
    until: null,
  },
  earlier: [{ version: 'relay_contact.1', text: 'The relay may contact me.', since: null, until: null }],
  is_own: true,
});

describe('somebody met in person', () => {
  it('is entered from the paper, with what they agreed to on each way, and what is wrong stands at its field', async () => {
    const said: unknown[] = [];
    server.use(
      http.get('*/api/v1/people/wordings/', () => HttpResponse.json(wordings([changed]))),
      http.post('*/api/v1/people/entered/', async ({ request }) => {
        const body = (await request.json()) as { is_read_aloud: boolean; is_of_age: boolean };
        said.push(body);
        return body.is_read_aloud
          ? HttpResponse.json({ id: 'p1', paper_number: 'VAL-1' }, { status: 201 })
          : HttpResponse.json(
              { code: 'invalid', fields: { is_read_aloud: ['Read it first.'], is_of_age: ['Ask them.'] } },
              { status: 400 },
            );
      }),
    );
    const { container, user } = show(<EnterPerson place="A02" />);
    await user.type(screen.getByRole('textbox', { name: 'Number of the paper' }), 'val-1');
    await user.type(screen.getByRole('textbox', { name: 'First name' }), 'Odette');
    await user.type(screen.getByRole('textbox', { name: 'Telephone' }), '0612345678');
    await user.click(screen.getByRole('checkbox', { name: /their relay contacts them here/ }));
    await user.click(screen.getByRole('checkbox', { name: /an organiser asks them here/ }));
    const words = await screen.findByRole('combobox', { name: 'Contact by the relay' });
    expect(words).toBeRequired();
    expect(words).toHaveValue('');
    await user.selectOptions(words, 'relay_contact.1');
    expect(words).toHaveAccessibleDescription('The relay may contact me.');
    await user.click(screen.getByRole('button', { name: 'Enter' }));
    expect(await screen.findByText('Read it first.')).toBeVisible();
    const ofAge = screen.getByRole('checkbox', { name: /15 or older/ });
    expect(ofAge).toHaveAccessibleDescription('Ask them.');
    await user.click(ofAge);
    expect(screen.getByRole('textbox', { name: 'First name' })).toHaveValue('Odette');
    await expectNoAxeFinding(container);
    await user.click(screen.getByRole('checkbox', { name: /read the notice aloud/ }));
    await user.click(screen.getByRole('button', { name: 'Enter' }));
    expect(await screen.findByText('Entered, paper VAL-1. The next one?')).toBeVisible();
    expect(screen.getByRole('textbox', { name: 'First name' })).toHaveValue('');
    expect(said.at(-1)).toMatchObject({
      place: 'A02',
      paper_number: 'val-1',
      contacts: [
        { channel: 'phone', value: '0612345678', agrees_to: ['people.relay_contact', 'relays.ask_volunteer'] },
      ],
      wordings: ['relay_contact.1'],
      is_read_aloud: true,
      is_of_age: true,
    });
  });
});
