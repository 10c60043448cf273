import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Contact, LedgerRow, Position, Subject } from '@/api/shapes';
import { MpsDesk } from '@/features/advocacy/mps-desk';
import { AnsweredCard } from '@/features/advocacy/answered-card';
import { OwnMp } from '@/features/advocacy/own-mp';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';

const subject: Subject = {
  id: 's1',
  title: 'A human desk',
  decision: 'Bill 12',
  default_language: 'en',
  texts: { en: { title: 'A human desk', decision: 'Bill 12' } },
  version: 1,
  opened_at: '2026-10-01T08:00:00Z',
  closed_at: null,
  abilities: { edit: true, close: true },
};
const place = { code: '0101', name: 'Birch-sur-Été, 1st' };

function row(id: string, name: string, part: Partial<LedgerRow> = {}): LedgerRow {
  return {
    office_holder: { id, full_name: `Ada ${name}`, family_name: name, civility: 'Mme' },
    seat: { ...place, code: id, name: `Place ${id}` },
    group: { abbreviation: 'GRN', name: 'The Greens', colour: '#118833' },
    stance: null,
    since: null,
    expires_on: null,
    is_convinced: false,
    convinced_until: null,
    is_disputed: false,
    lines: 0,
    known_by: null,
    said_on: null,
    contacted_on: null,
    ...part,
  };
}
const rows = [
  row('m1', 'Martin', {
    stance: 2,
    since: '2026-11-02',
    said_on: '2026-11-02',
    known_by: 'public',
    is_convinced: true,
    convinced_until: '2027-05-04',
    expires_on: '2027-05-04',
    lines: 2,
  }),
  row('m2', 'Lis', { stance: -1, said_on: '2026-11-03', known_by: 'meeting', is_disputed: true, lines: 1 }),
  row('m3', 'Roy'),
];

function position(part: Partial<Position> = {}): Position {
  return {
    id: 'p1',
    subject: { id: 's1', title: 'A human desk' },
    office_holder: { id: 'm1', full_name: 'Ada Martin', area: place },
    stance: 2,
    known_by: 'public',
    source_url: 'https://example.org/speech',
    said_on: '2026-11-02',
    quote: 'I will vote for it.',
    contact: null,
    author: 'Camille Vernoux',
    is_mine: false,
    recorded_at: '2026-11-02T18:00:00Z',
    undone_at: null,
    undone_why: '',
    dispute: null,
    abilities: { dispute: true, settle: false, undo: true },
    ...part,
  };
}
const contact: Contact = {
  id: 'c1',
  office_holder: { id: 'm1', full_name: 'Ada Martin', area: place },
  initiative: 'ours',
  kind: 'meeting',
  subject: null,
  decision: 'The decree',
  readable_by: 'relays',
  author: '',
  is_mine: true,
  logged_at: '2026-11-02T18:00:00Z',
  version: 1,
  corrected_at: null,
  counts_on: null,
  latest_on: '2026-11-02',
  steps: [{ kind: 'request', on: '2026-11-02', words: 'We asked for twenty minutes.', is_mine: true }],
  abilities: { add_step: true, correct: true, remove: true },
};

const card = {
  id: 'm1',
  full_name: 'Ada Martin',
  civility: 'Mme',
  given_name: 'Ada',
  family_name: 'Martin',
  office_email: '',
  profile_url: '',
  offices: ['Présidente, Commission des lois'],
  body: 'tests',
  since: '2024-07-07',
  area: { id: 'a1', ...place },
  group: null,
};
const register = { name: 'HATVP', law: 'law 2013-907', binds_at: 10, warns_at: 8 };
const said: { path: string; body: unknown }[] = [];

beforeEach(() => {
  said.length = 0;
  server.use(
    http.get('*/api/v1/advocacy/subjects/', () => HttpResponse.json({ items: [subject], abilities: { open: true } })),
    http.get('*/api/v1/advocacy/subjects/s1/ledger/', () =>
      HttpResponse.json({
        subject,
        items: rows,
        counts: {
          for: 1,
          rather_for: 0,
          silent: 0,
          rather_against: 1,
          against: 0,
          unknown: 1,
          convinced: 1,
          disputed: 1,
        },
      }),
    ),
    http.get('*/api/v1/advocacy/subjects/s1/votes/', () => HttpResponse.json({ subject, roll_calls: [], items: [] })),
    http.get('*/api/v1/advocacy/response-rates/', () =>
      HttpResponse.json({
        rate: { asked: 8, answered: 6 },
        groups: [
          { group: { abbreviation: 'GRN', name: 'The Greens', colour: '#118833' }, rate: { asked: 8, answered: 6 } },
          { group: { abbreviation: 'RED', name: 'The Reds', colour: '' }, rate: null },
        ],
      }),
    ),
    http.get('*/api/v1/advocacy/register/', () =>
      HttpResponse.json({
        rule: register,
        year: 2026,
        activities: [
          {
            title: 'A human desk',
            decision: 'Bill 12',
            actions: ['Organiser des discussions'],
            categories: [],
            first_on: '2026-02-01',
            last_on: '2026-03-01',
            entries: 4,
            missing: ['category'],
          },
        ],
        begun_by_them: 2,
        unanswered: 3,
        busy: [{ name: 'Camille Vernoux', contacts: 9 }],
      }),
    ),
    http.get('*/api/v1/advocacy/office-holders/', () =>
      HttpResponse.json({
        items: [card],
        next: null,
      }),
    ),
    http.get('*/api/v1/advocacy/office-holders/:id/', () => HttpResponse.json(card)),
    http.get('*/api/v1/advocacy/office-holders/:id/staff/', () =>
      HttpResponse.json({
        items: [{ id: 'f1', name: 'Lou Petit', role: 'Agenda', office_email: 'lou@chambre.example' }],
      }),
    ),
    http.get('*/api/v1/advocacy/office-holders/:id/standings/', () =>
      HttpResponse.json({
        items: [
          {
            subject: 's1',
            title: 'A human desk',
            decision: 'Bill 12',
            stance: 2,
            since: '2026-11-02',
            expires_on: '2027-05-04',
            is_convinced: true,
            convinced_until: '2027-05-04',
            is_disputed: false,
            lines: 1,
          },
        ],
        register: { rule: register, contacts: 8 },
        abilities: { say: true, log: true, export: true },
      }),
    ),
    http.get('*/api/v1/advocacy/positions/', () =>
      HttpResponse.json({
        items: [
          position(),
          position({
            id: 'p2',
            known_by: 'meeting',
            source_url: '',
            undone_at: '2026-11-01T08:00:00Z',
            undone_why: 'It was her colleague.',
            abilities: { dispute: false, settle: false, undo: false },
          }),
        ],
        next: null,
      }),
    ),
    http.get('*/api/v1/advocacy/contacts/', () => HttpResponse.json({ items: [contact], next: null })),
    http.post('*/api/v1/advocacy/*', async ({ request }) => {
      said.push({ path: new URL(request.url).pathname.replace('/api/v1/advocacy', ''), body: await request.json() });
      return HttpResponse.json(position());
    }),
  );
});

describe('the desk of MPs', () => {
  it('counts where everybody stands, filters by it, and finds a name', async () => {
    const { user, container, router } = show(<MpsDesk />);
    expect(await screen.findByRole('img', { name: /3 seats: 1 for, .* 1 rather against, .* 1 unknown/ })).toBeVisible();
    await user.click(screen.getByRole('button', { name: /1\s*Rather against/ }));
    expect(screen.getByRole('heading', { name: '1 name' })).toBeVisible();
    expect(router.state.location.search).toBe('?state=rather_against');
    await user.click(screen.getByRole('button', { name: /1\s*Rather against/ }));
    await user.click(screen.getByRole('button', { name: 'Ask no more 1' }));
    expect(screen.getByRole('row', { name: /Ada Martin/ })).toBeVisible();
    expect(screen.queryByRole('row', { name: /Ada Roy/ })).toBeNull();
    await expectNoAxeFinding(container);
  });

  it('shows of a chosen one each subject, each line with its source, and the contacts', async () => {
    const { user, container } = show(<MpsDesk />, { at: '/?mp=m1' });
    const panel = await screen.findByRole('complementary', { name: 'Whom you chose' });
    expect(await within(panel).findByRole('img', { name: 'A human desk: For' })).toBeVisible();
    expect(within(panel).getByText('Ask no more until 4 May 2027.')).toBeVisible();
    expect(within(panel).getByRole('link', { name: 'See the source' })).toHaveAttribute(
      'href',
      'https://example.org/speech',
    );
    expect(within(panel).getByText('Undone: It was her colleague.')).toBeVisible();
    expect(within(panel).getByText('unanswered request: it counts as no contact')).toBeVisible();
    await user.click(within(panel).getByRole('button', { name: 'Dispute' }));
    expect(screen.getByText(/everybody who sees this line, reads your reason/)).toBeVisible();
    expect(screen.getByText(/Write to be read by the person you speak of/)).toBeVisible();
    await user.type(screen.getByLabelText('What is wrong with it?'), 'It was ironic.');
    await user.click(screen.getByRole('button', { name: 'Dispute it' }));
    await waitFor(() => {
      expect(said).toEqual([{ path: '/positions/p1/dispute/', body: { reason: 'It was ironic.' } }]);
    });
    await expectNoAxeFinding(container);
  });

  it('writes a position down, with its source where it was said in public', async () => {
    const { user } = show(<MpsDesk />, { at: '/?mp=m1' });
    await user.click(await screen.findByRole('button', { name: 'Say a position' }));
    await user.click(screen.getByLabelText('Rather for'));
    await user.selectOptions(screen.getByLabelText('How you know it'), 'public');
    await user.type(screen.getByLabelText('Address where anybody can read or hear it'), 'https://example.org/a');
    await user.click(screen.getByRole('button', { name: 'Write it down' }));
    await waitFor(() => {
      expect(said[0]).toMatchObject({
        path: '/positions/',
        body: {
          office_holder: 'm1',
          subject: 's1',
          stance: 1,
          known_by: 'public',
          source_url: 'https://example.org/a',
        },
      });
    });
  });

  it('shows the year as the register asks for it, with what is missing and who has had many', async () => {
    show(<MpsDesk />);
    const table = await screen.findByRole('group', { name: 'Register of interests' });
    expect(
      within(table).getByRole('row', { name: /A human desk Bill 12 .* 4 the category of those addressed/ }),
    ).toBeVisible();
    expect(screen.getByText('Camille Vernoux, 9 contacts')).toBeVisible();
    expect(screen.getByText(/Left out: 2 that they began, 3 requests/)).toBeVisible();
  });

  it('says how often they answer, and of whom it cannot', async () => {
    show(<MpsDesk />);
    const table = await screen.findByRole('group', { name: 'Do they answer?' });
    expect(screen.getByText('75% answered: 6 of 8 requests.')).toBeVisible();
    expect(within(table).getByRole('row', { name: 'GRN 8 6 75%' })).toBeVisible();
    expect(within(table).getByRole('row', { name: 'RED fewer than five requests' })).toBeVisible();
  });

  it('opens a subject in the languages in which it was written', async () => {
    const { user } = show(<MpsDesk />);
    await user.click(await screen.findByRole('button', { name: 'Open a subject' }));
    const dialog = screen.getByRole('dialog');
    await user.type(within(dialog).getByLabelText('Title, in English'), 'Small lines');
    await user.type(within(dialog).getByLabelText('Decision aimed at, in English'), 'The fund');
    await user.click(within(dialog).getByRole('button', { name: 'Open a subject' }));
    await waitFor(() => {
      expect(said).toEqual([
        {
          path: '/subjects/',
          body: { default_language: 'en', texts: { en: { title: 'Small lines', decision: 'The fund' } } },
        },
      ]);
    });
  });
});

describe('what a relay knows of their own MP', () => {
  it('says that the words are written to be read by the person they speak of', async () => {
    const { user, container } = show(<OwnMp area="0101" />);
    await user.click(await screen.findByRole('button', { name: 'Log a contact' }));
    expect(screen.getByText(/Write to be read by the person you speak of/)).toBeVisible();
    expect(screen.getByText(/You have begun 8 contacts in twelve months. From 10 on/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Log the contact' }));
    await waitFor(() => {
      expect(said[0]).toMatchObject({
        path: '/contacts/',
        body: { office_holder: 'm1', kind: 'meeting', subject: 's1', readable_by: 'relays' },
      });
    });
    await expectNoAxeFinding(container);
  });
});

describe('who works for an MP', () => {
  it('is noted for the time of the mandate, and told so', async () => {
    const { user } = show(<OwnMp area="0101" />);
    expect(await screen.findByRole('link', { name: 'lou@chambre.example' })).toBeVisible();
    expect(screen.getByRole('button', { name: 'Take Lou Petit away' })).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Note somebody' }));
    expect(screen.getByText(/it goes by itself once the mandate ends/)).toBeVisible();
    await user.type(screen.getByLabelText('Name'), 'Ange Roy');
    await user.type(screen.getByLabelText('What they do there'), 'Agenda');
    await user.click(screen.getByRole('button', { name: 'Note them' }));
    await waitFor(() => {
      expect(said).toEqual([
        { path: '/office-holders/m1/staff/', body: { name: 'Ange Roy', role: 'Agenda', office_email: '' } },
      ]);
    });
  });
});

describe('whether somebody answered', () => {
  it('is one press', async () => {
    const question = {
      id: 'q1',
      office_holder: { id: 'm1', full_name: 'Ada Martin', area: place },
      kind: 'letter' as const,
      about: 'The decree',
      asked_on: '2026-11-02',
    };
    const { user } = show(<AnsweredCard question={question} turn="one_thing" />);
    expect(screen.getByRole('heading', { name: 'Did Ada Martin answer you?' })).toBeVisible();
    expect(screen.getByText('Letter, 2 November 2026: The decree')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'No, nothing yet' }));
    await waitFor(() => {
      expect(said).toEqual([{ path: '/answer-questions/q1/answer/', body: { was_answered: false } }]);
    });
  });
});
