import { useQuery } from '@tanstack/react-query';
import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import type { Dossier, HandOverToComplete, Note } from '@/api/shapes';
import { SeatDossier as DossierRoute } from '@/app/routes/seat-dossier';
import { HandOverForm } from '@/features/relays/hand-over-form';
import { HandOversDesk } from '@/features/relays/hand-overs-desk';
import { SeatDossier } from '@/features/relays/seat-dossier';
import { SeatNotes } from '@/features/relays/seat-notes';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';

const seat = { id: 's1', code: 'A01', name: 'Alder, 1st' };
const note: Note = {
  id: 'n1',
  seat,
  kind: 'promised',
  text: 'A morning in January.',
  due_on: '2027-01-15',
  kept_at: null,
  written_at: '2026-11-20T10:00:00Z',
  handed_at: null,
  author: '',
  is_mine: true,
  abilities: { mend: true, throw_away: true, tick: true },
};
const standIn = { person: 'p2', name: 'Ada Lind', stands_in: true, term: 't2', application: null };
const underWay: HandOverToComplete = {
  id: 'h1',
  term: 't1',
  seat,
  kind: 'relay',
  holder: 'Camille Vernoux',
  status: 'begun',
  ends_on: '2026-12-04',
  gives_notes: true,
  notes: 2,
  successor: standIn,
  words: 'I am moving.',
  begun_at: '2026-11-25T10:00:00Z',
  abilities: { take_back: true, complete: true, let_notes_go: false },
  successors: [standIn],
};

describe('notes of a seat', () => {
  it('are written with a day where something was promised, and say for whom they are written', async () => {
    const written: unknown[] = [];
    server.use(
      http.get('*/api/v1/relays/seats/s1/notes/', () => HttpResponse.json({ items: [note] })),
      http.post('*/api/v1/relays/seats/s1/notes/', async ({ request }) => {
        written.push(await request.json());
        return HttpResponse.json(note, { status: 201 });
      }),
    );
    const { user, container } = show(<SeatNotes seat="s1" />);
    expect(await screen.findByText('A morning in January.')).toBeVisible();
    expect(screen.getByText(/never private life/)).toBeVisible();
    await expectNoAxeFinding(container);
    await user.click(screen.getByRole('button', { name: 'Keep this note' }));
    expect(screen.getByText('Write a sentence.')).toBeVisible();
    await user.selectOptions(screen.getByLabelText('What is it about?'), 'promised');
    await user.type(screen.getByLabelText('Your note'), 'A room.');
    await user.type(screen.getByLabelText(/By which day/), '2027-02-01');
    await user.click(screen.getByRole('button', { name: 'Keep this note' }));
    await waitFor(() => {
      expect(written).toEqual([{ kind: 'promised', text: 'A room.', due_on: '2027-02-01' }]);
    });
  });
});

describe('handing a seat over', () => {
  it('never ticks that the notes go along, and sends what was chosen', async () => {
    const asked: unknown[] = [];
    server.use(
      http.get('*/api/v1/relays/terms/t1/hand-over/', () =>
        HttpResponse.json({
          hand_over: asked.length ? underWay : null,
          successors: underWay.successors,
          first_day: '2026-11-25',
          last_day: '2027-02-25',
          notes: 2,
        }),
      ),
      http.post('*/api/v1/relays/terms/t1/hand-over/', async ({ request }) => {
        asked.push(await request.json());
        return HttpResponse.json({}, { status: 201 });
      }),
    );
    // Another list of the page is asked anew as well, and is slow: who listens does not wait for it.
    let times = 0;
    const SlowList = () => {
      useQuery({ queryKey: ['relays', 'slow'], queryFn: () => (times++ ? new Promise(() => undefined) : 'there') });
      return null;
    };
    const { user } = show(
      <>
        <SlowList />
        <HandOverForm term="t1" isMine />
      </>,
    );
    await user.click(await screen.findByRole('button', { name: 'Hand my seat over' }));
    const consent = screen.getByRole('checkbox', { name: /^Let my 2 notes go along/ });
    expect(consent).not.toBeChecked();
    await user.type(screen.getByLabelText('Last day'), '2026-12-04');
    await user.selectOptions(screen.getByLabelText('Who comes next?'), 'p2');
    await user.click(consent);
    await user.click(screen.getByRole('button', { name: 'Begin the hand-over' }));
    await waitFor(() => {
      expect(asked).toEqual([{ ends_on: '2026-12-04', successor: 'p2', words: '', gives_notes: true }]);
    });
    await waitFor(() => {
      expect(screen.getByRole('status')).toHaveFocus();
    });
    expect(times).toBe(2);
  });

  it('asks about the notes that are still to be written', async () => {
    server.use(
      http.get('*/api/v1/relays/terms/t1/hand-over/', () =>
        HttpResponse.json({
          hand_over: null,
          successors: [],
          first_day: '2026-11-25',
          last_day: '2027-02-25',
          notes: 0,
        }),
      ),
    );
    const { user } = show(<HandOverForm term="t1" isMine />);
    await user.click(await screen.findByRole('button', { name: 'Hand my seat over' }));
    expect(screen.getByRole('checkbox', { name: /^Let the notes that I write until then go along/ })).not.toBeChecked();
  });

  it('is completed at the desk, where a second organiser reads who was faster', async () => {
    server.use(
      http.get('*/api/v1/relays/hand-overs/', () => HttpResponse.json({ items: [underWay] })),
      http.post('*/api/v1/relays/hand-overs/h1/complete/', () =>
        HttpResponse.json({ code: 'hand_over_settled', detail: 'Nadia was faster.' }, { status: 409 }),
      ),
    );
    const { user, container } = show(<HandOversDesk />);
    expect(await screen.findByRole('heading', { level: 1, name: 'One seat changes hands' })).toBeVisible();
    expect(screen.getByLabelText('Who comes next')).toHaveValue('p2');
    await expectNoAxeFinding(container);
    await user.click(screen.getByRole('button', { name: 'Complete the hand-over' }));
    expect(await screen.findByText('Nadia was faster.')).toBeVisible();
  });

  it('writes down at the desk what whoever comes next still lacks', async () => {
    const applicant = { person: 'p3', name: 'Samir Bel', stands_in: false, term: null, application: 'a3' };
    const lacking = { code: 'first', name: 'First steps', id: null, obtained_on: null, ends_on: null };
    const abilities = { send_charter: false, note_paper: false, qualify: true };
    const ready = { is_ready: false, charter: null, qualifications: [lacking], abilities };
    const has = { ...ready, is_ready: true, qualifications: [{ ...lacking, id: 'q1' }] };
    let isReady = false;
    server.use(
      http.get('*/api/v1/relays/hand-overs/', () =>
        HttpResponse.json({ items: [{ ...underWay, successors: [standIn, applicant] }] }),
      ),
      http.get('*/api/v1/relays/terms/t2/readiness/', () => HttpResponse.json(isReady ? has : ready)),
      http.get('*/api/v1/relays/applications/a3/readiness/', () =>
        HttpResponse.json({ ...ready, qualifications: [{ ...lacking, name: 'Of Samir' }] }),
      ),
      http.post('*/api/v1/relays/terms/t2/qualifications/', () => {
        isReady = true;
        return HttpResponse.json(has);
      }),
      http.post('*/api/v1/relays/hand-overs/h1/complete/', () =>
        isReady
          ? HttpResponse.json({ hand_over: underWay, term: 't3' })
          : HttpResponse.json({ code: 'qualification_missing', detail: 'It asks for more.' }, { status: 409 }),
      ),
    );
    const { user, container } = show(<HandOversDesk />);
    await user.click(await screen.findByRole('button', { name: 'Complete the hand-over' }));
    expect(await screen.findByText('It asks for more.')).toBeVisible();
    expect(await screen.findByText(/Lacks: First steps/)).toBeVisible();
    await expectNoAxeFinding(container);
    await user.click(screen.getByRole('button', { name: 'Record it' }));
    expect(await screen.findByText(/Has: First steps/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Complete the hand-over' }));
    await waitFor(() => {
      expect(screen.queryByText('It asks for more.')).toBeNull();
    });
    await user.selectOptions(screen.getByLabelText('Who comes next'), 'p3');
    expect(await screen.findByText(/Lacks: Of Samir/)).toBeVisible();
  });
});

describe('the one page', () => {
  const page: Dossier = {
    seat,
    made_at: '2026-11-25T10:00:00Z',
    term: null,
    is_first: true,
    office_holder: null,
    meetings: [],
    earlier_meetings: 0,
    open_promises: [],
    notes: [],
    waiting: [],
    organisers: [],
    organised_place: '',
    promise: null,
  };

  it('says to who neither holds nor organises the seat that it is not theirs to read', async () => {
    server.use(
      http.get('*/api/v1/relays/terms/mine/', () => HttpResponse.json({ items: [] })),
      http.get('*/api/v1/relays/seats/s1/dossier/', () => HttpResponse.json({ code: 'not_found' }, { status: 404 })),
    );
    const { container } = show(<DossierRoute />, { at: '/seat/dossier?seat=s1', path: '/seat/dossier' });
    expect(await screen.findByRole('heading', { name: 'This page is not yours to read' })).toBeVisible();
    expect(screen.queryByRole('alert')).toBeNull();
    await expectNoAxeFinding(container);
  });

  it('tells the first of a place what to do first', async () => {
    const { container } = show(<SeatDossier page={page} />);
    expect(screen.getByText('You are the first to hold this seat')).toBeVisible();
    await expectNoAxeFinding(container);
  });

  it('says of which weeks the record of the promise speaks, and when it is a bound', () => {
    const promise = {
      area_name: 'Zedland',
      begins: '2026-06-08',
      ends: '2026-08-30',
      asked: 53,
      called: 48,
      is_at_least: false,
    };
    const { unmount } = show(<SeatDossier page={{ ...page, promise }} />);
    const weeks = 'Zedland, from 8 June 2026 to 30 August 2026: of 53 people who asked for a seat,';
    expect(screen.getByText(`${weeks} 48 were called within 48 hours.`)).toBeVisible();
    unmount();
    show(<SeatDossier page={{ ...page, promise: { ...promise, is_at_least: true } }} />);
    expect(screen.getByText(`${weeks} at least 48 were called within 48 hours.`)).toBeVisible();
  });

  it('says what was promised, by when, and who is reached how', () => {
    const organisers = [{ name: 'Nadia Ferhat', email: 'nadia@example.org' }];
    show(<SeatDossier page={{ ...page, is_first: false, open_promises: [note], organisers }} />);
    expect(screen.getByText(/A morning in January\. \(by Friday 15 January\)/)).toBeVisible();
    expect(screen.getByRole('link', { name: 'nadia@example.org' })).toBeVisible();
    expect(screen.queryByText('You are the first to hold this seat')).toBeNull();
  });
});
