import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { EnterPerson } from '@/features/people/enter-person';
import { EnterYes } from '@/features/people/enter-yes';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';
import { wording, wordings } from './wordings';

const said: unknown[] = [];
const entered = {
  id: 'a1',
  status: 'submitted',
  seat: { id: 's2', code: 'A02', name: 'Alder, 2nd' },
  paper_number: 'TEL-7',
  call_before: '2026-12-01T10:00:00Z',
};

describe('a seat asked for on paper', () => {
  beforeEach(() => {
    said.length = 0;
    server.use(
      http.get('*/api/v1/people/wordings/', () => HttpResponse.json(wordings([wording()]))),
      http.get('*/api/v1/people/p1/', () =>
        HttpResponse.json({
          id: 'p1',
          given_name: 'Odette',
          initial: 'M.',
          family_name: 'Marchand',
          locality: null,
          area: null,
          joined_on: null,
          contacts: [{ channel: 'phone', value: '0612345678', is_verified: true }],
          qualifications: [],
        }),
      ),
      http.post('*/api/v1/relays/applications/entered/', async ({ request }) => {
        const body = (await request.json()) as { agrees_to_contact: boolean };
        said.push(body);
        return body.agrees_to_contact
          ? HttpResponse.json(entered, { status: 201 })
          : HttpResponse.json({ code: 'invalid', fields: { agrees_to_contact: ['Ask them first.'] } }, { status: 400 });
      }),
    );
  });

  it('is entered for a member who said yes on the telephone', async () => {
    const { container, user } = show(<EnterYes person="p1" seat="s2" place="Alder, 2nd" />);
    expect(await screen.findByRole('heading', { name: /Odette Marchand asks for the seat of Alder/ })).toBeVisible();
    await user.type(screen.getByRole('textbox', { name: 'Number of the paper' }), 'tel-7');
    await user.click(screen.getByRole('checkbox', { name: /read these words aloud/ }));
    await user.click(screen.getByRole('button', { name: 'Enter the application' }));
    expect(await screen.findByText('Ask them first.')).toBeVisible();
    await expectNoAxeFinding(container);
    const agreed = screen.getByRole('checkbox', { name: /They agreed, after I read it/ });
    expect(agreed).toHaveAccessibleDescription('Ask them first.');
    await user.click(agreed);
    const told = screen.getByRole('status');
    expect(told).toBeEmptyDOMElement();
    await user.click(screen.getByRole('button', { name: 'Enter the application' }));
    expect(await screen.findByText(/paper TEL-7/)).toBe(told);
    expect(screen.getByRole('heading', { name: /Odette Marchand/ })).toHaveFocus();
    await expectNoAxeFinding(container);
    expect(said.at(-1)).toMatchObject({ seat: 's2', person: 'p1', paper_number: 'tel-7', is_read_aloud: true });
  });

  it('is entered together with somebody met at the door', async () => {
    const { user } = show(<EnterPerson place="A02" />);
    await user.type(screen.getByRole('textbox', { name: 'Number of the paper' }), 'val-1');
    await user.type(screen.getByRole('textbox', { name: 'First name' }), 'Odette');
    await user.type(screen.getByRole('textbox', { name: 'Telephone' }), '0612345678');
    await user.click(screen.getByRole('checkbox', { name: 'They ask for this seat' }));
    await user.click(screen.getByRole('checkbox', { name: /They agreed, after I read it/ }));
    await user.click(screen.getByRole('checkbox', { name: /read the notice aloud/ }));
    await user.click(screen.getByRole('button', { name: 'Enter' }));
    expect(await screen.findByText(/they asked for the seat of/)).toBeVisible();
    expect(said.at(-1)).toMatchObject({
      seat: 'A02',
      newcomer: { place: 'A02', given_name: 'Odette', contacts: [{ channel: 'phone', value: '0612345678' }] },
      agrees_to_contact: true,
    });
    expect(screen.getByRole('checkbox', { name: 'They ask for this seat' })).not.toBeChecked();
  });
});
