import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import type { Organisation, OrganisationSaid } from '@/api/shapes';
import { DeskSettings } from '@/app/routes/desk-settings';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';

const unnamed: Organisation = {
  name: '',
  country: 'FR',
  legal_kind: 'association',
  languages: ['fr', 'en'],
  address: '',
  email: '',
  officer: '',
  publisher: '',
  host: '',
  is_described: false,
  opened_at: null,
  missing: ['name', 'address', 'email', 'officer', 'publisher', 'host'],
  conditions: [
    {
      name: 'relays.safety_contact',
      text: 'Name who receives it.',
      done_at: '/desk/settings#safety',
      is_met: true,
    },
  ],
  authority: '',
  follows: [
    {
      country: 'XM',
      legal_kind: 'association',
      giving: 'none',
      rules: [
        {
          text: 'No rules for gifts.',
          where: '',
          read_in: '',
          mark: '',
          valid_from: null,
        },
      ],
    },
    {
      country: 'XM',
      legal_kind: 'party',
      giving: 'fr-party',
      rules: [
        {
          text: 'Party rules.',
          where: 'where gifts are asked for',
          read_in: 'law 88-227',
          mark: 'read',
          valid_from: null,
        },
      ],
    },
  ],
  countries: [
    {
      code: 'XM',
      name: 'Little Country',
      seats: 12,
      kinds: [{ code: 'country', name: 'country', places: 1 }],
    },
  ],
};

function serve(first: Organisation) {
  const said: OrganisationSaid[] = [];
  let house = first;
  server.use(
    http.get('*/api/v1/accounts/me/', () => HttpResponse.json({ email: 'admin@example.org' })),
    http.get('*/api/v1/relays/networks/', () => HttpResponse.json({ items: [] })),
    http.get('*/api/v1/people/organisation/', () => HttpResponse.json(house)),
    http.put('*/api/v1/people/organisation/', async ({ request }) => {
      const body = (await request.json()) as Required<OrganisationSaid>;
      said.push(body);
      house = {
        ...house,
        ...body,
        is_described: true,
        missing: (['officer', 'host'] as const).filter((field) => !body[field]),
      };
      return HttpResponse.json(house);
    }),
    http.post('*/api/v1/people/organisation/open/', () => {
      house = { ...house, opened_at: '2026-11-22T10:00:00Z' };
      return HttpResponse.json(house);
    }),
    http.post('*/api/v1/people/organisation/close/', () => {
      house = { ...house, opened_at: null };
      return HttpResponse.json(house);
    }),
  );
  return said;
}

describe('the first run', () => {
  it('asks who runs the site, and says what is missing', async () => {
    const said = serve(unnamed);
    const { user } = show(<DeskSettings />);
    expect(await screen.findByRole('heading', { name: 'Your site is not open yet' })).toBeVisible();
    expect(screen.getByText(/Still missing: the name, the postal address/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Open to the public' })).toBeDisabled();
    expect(await screen.findByRole('button', { name: 'Open the network' })).toBeDisabled();

    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Give the name of the organisation.')).toBeVisible();
    expect(said).toEqual([]);

    await user.type(screen.getByRole('textbox', { name: 'Name of the organisation' }), 'Collective');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText(/Still missing: the data-protection officer, the host/)).toBeVisible();
    expect(said[0]).toMatchObject({
      name: 'Collective',
      country: 'XM',
      languages: ['fr', 'en'],
    });
    expect(screen.getByText(/12 seats will be laid over Little Country/)).toBeVisible();
  });

  it('opens once nothing is missing any more', async () => {
    const said = serve({ ...unnamed, name: 'Collective', is_described: true, missing: ['officer', 'host'] });
    const { container, user } = show(<DeskSettings />);
    expect(await screen.findByText(/Still missing: the data-protection officer, the host/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Open to the public' })).toBeDisabled();

    await user.type(screen.getByRole('textbox', { name: 'Data-protection officer' }), 'Ada Noir');
    await user.type(screen.getByRole('textbox', { name: 'Host' }), 'A host');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => {
      expect(said.at(-1)).toMatchObject({ officer: 'Ada Noir' });
    });
    const open = await screen.findByRole('button', {
      name: 'Open to the public',
    });
    await waitFor(() => {
      expect(open).toBeEnabled();
    });
    await user.click(open);
    expect(
      await screen.findByRole('heading', {
        name: 'Your site is open to the public',
      }),
    ).toBeVisible();
    await expectNoAxeFinding(container);
  });

  it('says what follows from the legal kind as soon as it is chosen', async () => {
    serve(unnamed);
    const { container, user } = show(<DeskSettings />);
    const follows = await screen.findByRole('region', {
      name: 'What follows from it',
    });
    expect(follows).toHaveTextContent('No rules for gifts.');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Legal kind' }), 'party');
    expect(follows).toHaveTextContent('Party rules.');
    expect(follows).toHaveTextContent('where gifts are asked for · law 88-227 · read in the text of the law');
    await expectNoAxeFinding(container);
    await user.selectOptions(screen.getByRole('combobox', { name: 'Legal kind' }), 'union');
    expect(screen.queryByRole('heading', { name: 'What follows from it' })).toBeNull();
  });

  it('leads to what else must be so, and opens only then', async () => {
    serve({
      ...unnamed,
      name: 'C',
      is_described: true,
      missing: [],
      conditions: unnamed.conditions.map((condition) => ({
        ...condition,
        is_met: false,
      })),
    });
    const { container } = show(<DeskSettings />);
    const left = await screen.findByRole('region', {
      name: 'Before the public comes in',
    });
    expect(left).toHaveTextContent('Name who receives it.');
    expect(screen.getByRole('link', { name: 'Do it' })).toHaveAttribute('href', '/app/desk/settings#safety');
    expect(container.querySelector('#safety')).not.toBeNull();
    expect(screen.getByRole('button', { name: 'Open to the public' })).toBeDisabled();
    expect(screen.getByText('The notices are whole. What else is to be done stands below.')).toBeVisible();
    await expectNoAxeFinding(container);
  });

  it('stays open where a notice lacks what was not asked for before, and says so', async () => {
    serve({
      ...unnamed,
      name: 'C',
      is_described: true,
      missing: ['officer'],
      opened_at: '2026-11-22T10:00:00Z',
    });
    show(<DeskSettings />);
    expect(await screen.findByRole('heading', { name: 'Your site is open to the public' })).toBeVisible();
    expect(screen.getByText(/Your notices still lack: the data-protection officer\./)).toBeVisible();
  });

  it('closes after asking, and says what goes on', async () => {
    serve({
      ...unnamed,
      name: 'C',
      is_described: true,
      missing: [],
      opened_at: '2026-11-22T10:00:00Z',
    });
    const { user } = show(<DeskSettings />);
    await user.click(await screen.findByRole('button', { name: 'Close to the public' }));
    const dialog = await screen.findByRole('alertdialog');
    expect(dialog).toHaveTextContent('Members go on');
    await user.click(screen.getByRole('button', { name: 'Change nothing' }));
    expect(screen.getByRole('heading', { name: 'Your site is open to the public' })).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Close to the public' }));
    const buttons = await screen.findAllByRole('button', {
      name: 'Close to the public',
    });
    await user.click(buttons.at(-1)!);
    expect(await screen.findByRole('heading', { name: 'Your site is not open yet' })).toBeVisible();
  });
});
