import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { BankDesk } from '@/features/fundraising/bank-desk';
import { BatchesDesk } from '@/features/fundraising/batches-desk';
import { BooksDesk } from '@/features/fundraising/books-desk';
import { expectNoAxeFinding } from '~tests/axe';
import { server } from '~tests/server';
import { show } from '~tests/show';
import { recipient } from './samples';

const api = '*/api/v1/fundraising';

const row = {
  id: 'r1',
  position: 1,
  donation: 'd1',
  amount: 5000,
  refunded: 0,
  nature: 'donation',
  received_on: '2026-11-03',
  donor: {
    email: '',
    given_name: 'Claire',
    family_name: 'Dumontel',
    honorific: '',
    born_on: '1984-05-17',
    nationality: 'FR',
    address_lines: '12 rue des Remparts',
    postcode: '26150',
    city: 'Die',
    country: 'FR',
    elected: false,
  },
  paper: 'D-1',
  cheque: '0012345',
  drawn_on: '',
  shares: [],
  cancelled_for: '',
};
const batch = {
  id: 'b1',
  method: 'cheque',
  slip: '',
  bank: '',
  deposited_on: null,
  is_open: true,
  opened_at: '2026-11-20T09:30:00Z',
  donations: 1,
  total: 5000,
  fund: 'party',
  currency: 'eur',
  rows: [row],
};

beforeEach(() => {
  server.use(http.get(`${api}/treasury/`, () => HttpResponse.json({ items: [recipient] })));
});

describe('money written down by hand', () => {
  const sent: { body: unknown; key: string | null }[] = [];
  beforeEach(() => {
    sent.length = 0;
    server.use(
      http.get(`${api}/funds/party/batches/`, () => HttpResponse.json({ items: [batch], next: null })),
      http.get(`${api}/batches/b1/`, () => HttpResponse.json(batch)),
      http.post(`${api}/batches/b1/rows/`, async ({ request }) => {
        sent.push({ body: await request.json(), key: request.headers.get('Idempotency-Key') });
        return HttpResponse.json(row, { status: 201 });
      }),
    );
  });

  it('is written with the keyboard alone, Enter writes the row, and the next begins at the amount', async () => {
    const { user, container } = show(<BatchesDesk />, { at: '/?batch=b1' });
    const form = await screen.findByRole('form', { name: 'Write a donation' });
    const field = (name: string) => within(form).getByLabelText(name);
    await user.type(field('Amount, in euros'), '50,00');
    await user.type(field('Received on'), '2026-11-03');
    await user.type(field('First name'), 'Claire');
    await user.type(field('Number of the declaration'), 'D-1{Enter}');
    await waitFor(() => {
      expect(sent).toHaveLength(1);
    });
    expect(sent[0]?.body).toMatchObject({ amount: 5000, received_on: '2026-11-03', paper: 'D-1' });
    expect(sent[0]?.key).toBeTruthy();
    expect(await within(form).findByText('Claire Dumontel, €50: written.')).toBeVisible();
    expect(field('Amount, in euros')).toHaveFocus();
    expect(field('Amount, in euros')).toHaveValue('');
    expect(field('Received on')).toHaveValue('2026-11-03');
    await expectNoAxeFinding(container);
  });

  it('asks of dues whether they are of somebody in an elective office, which no cap counts', async () => {
    const { user } = show(<BatchesDesk />, { at: '/?batch=b1' });
    const form = await screen.findByRole('form', { name: 'Write a donation' });
    const elective = /^Holds an elective office/;
    expect(within(form).queryByLabelText(elective)).toBeNull();
    await user.selectOptions(within(form).getByLabelText('Nature'), 'membership dues');
    await user.click(within(form).getByLabelText(elective));
    await user.type(within(form).getByLabelText('Amount, in euros'), '120{Enter}');
    await waitFor(() => {
      expect(sent).toHaveLength(1);
    });
    expect(sent[0]?.body).toMatchObject({ amount: 12_000, nature: 'dues', donor: { elected: true } });
    expect(within(form).getByLabelText(elective)).not.toBeChecked();
  });

  it('says by field what is wrong and keeps what was typed', async () => {
    server.use(
      http.post(`${api}/batches/b1/rows/`, () =>
        HttpResponse.json({ code: 'invalid', fields: { city: ['Please fill this in.'] } }, { status: 400 }),
      ),
    );
    const { user } = show(<BatchesDesk />, { at: '/?batch=b1' });
    const form = await screen.findByRole('form', { name: 'Write a donation' });
    await user.type(within(form).getByLabelText('First name'), 'Claire{Enter}');
    expect(within(form).getByLabelText('Amount, in euros')).toHaveAccessibleDescription(/Write an amount/);
    await user.type(within(form).getByLabelText('Amount, in euros'), '50{Enter}');
    await waitFor(() => {
      expect(within(form).getByLabelText('Town')).toHaveAccessibleDescription('Please fill this in.');
    });
    expect(within(form).getByLabelText('First name')).toHaveValue('Claire');
  });

  it('is deposited with what the slip says', async () => {
    const asked: unknown[] = [];
    server.use(
      http.post(`${api}/batches/b1/deposit/`, async ({ request }) => {
        asked.push(await request.json());
        return HttpResponse.json({ ...batch, is_open: false });
      }),
    );
    const { user } = show(<BatchesDesk />, { at: '/?batch=b1' });
    await user.type(await screen.findByLabelText('Number of the slip'), '77');
    await user.type(screen.getByLabelText('Deposited on'), '2026-11-20');
    await user.type(screen.getByLabelText('Total of the slip, in euros'), '50');
    await user.click(screen.getByRole('button', { name: 'Deposit and lock' }));
    await waitFor(() => {
      expect(asked).toEqual([{ slip: '77', bank: '', deposited_on: '2026-11-20', total: 5000 }]);
    });
  });
});

const entry = { id: 7, kind: 'deposit', booked_on: '2026-11-20', amount: 5000, hint: '77' };
const line = {
  id: 'l1',
  booked_on: '2026-11-21',
  value_on: null,
  amount: 5000,
  words: 'REMISE CHEQUES 77',
  reference: '',
  party: '',
  set_aside: '',
  is_matched: false,
  entries: [],
  proposal: { entries: [entry], why: ['reference'], is_sure: true },
};

describe('the bank beside the books', () => {
  beforeEach(() => {
    server.use(
      http.get(`${api}/funds/party/bank/`, () =>
        HttpResponse.json({
          currency: 'eur',
          closing: 5000,
          booked: 5000,
          open_lines: 1,
          open_lines_sum: 5000,
          open_entries: 1,
          open_entries_sum: 5000,
          aside_sum: 0,
        }),
      ),
      http.get(`${api}/funds/party/bank/lines/`, () => HttpResponse.json({ items: [line], next: null })),
      http.get(`${api}/funds/party/bank/entries/`, () => HttpResponse.json({ items: [entry] })),
      http.get(`${api}/funds/party/bank/statements/`, () => HttpResponse.json({ items: [] })),
    );
  });

  it('proposes what a line is, and confirms it at a click', async () => {
    const matched: unknown[] = [];
    server.use(
      http.post(`${api}/bank-lines/l1/match/`, async ({ request }) => {
        matched.push(await request.json());
        return HttpResponse.json({ ...line, is_matched: true });
      }),
    );
    const { user, container } = show(<BankDesk />);
    await screen.findByRole('rowheader', { name: /REMISE CHEQUES 77/ });
    await expectNoAxeFinding(container);
    await user.click(screen.getByRole('button', { name: 'Confirm the proposal for REMISE CHEQUES 77' }));
    await waitFor(() => {
      expect(matched).toEqual([{ entries: [7] }]);
    });
  });

  it('finds entries by hand only where they add up, or sets the line aside', async () => {
    const { user } = show(<BankDesk />);
    await user.click(await screen.findByRole('button', { name: 'Something else for REMISE CHEQUES 77' }));
    const dialog = screen.getByRole('dialog', { name: 'What is this line of €50?' });
    expect(within(dialog).getByRole('button', { name: 'This is it' })).toBeDisabled();
    await user.click(within(dialog).getByRole('checkbox'));
    expect(within(dialog).getByRole('button', { name: 'This is it' })).toBeEnabled();
    expect(within(dialog).getByRole('button', { name: 'Fee of the bank' })).toBeEnabled();
    await expectNoAxeFinding(dialog);
  });

  it('reads a statement before anything of it is kept', async () => {
    const asked: string[] = [];
    server.use(
      http.post(`${api}/funds/party/bank/statements/`, ({ request }) => {
        const isDry = request.url.includes('dry=true');
        asked.push(new URL(request.url).search);
        const statement = {
          number: '11',
          from_on: '2026-11-01',
          to_on: '2026-11-30',
          opening: 100,
          closing: 5100,
          difference: 0,
          count: 1,
          lines: [line],
        };
        const reading = {
          format: 'csv',
          headings: ['Date', 'Montant'],
          sample: [],
          columns: { booked_on: 0, amount: 1 },
          statements: [statement],
          unread: [],
        };
        return HttpResponse.json(isDry ? { items: [], reading } : { items: [{ added: 1 }], reading: null }, {
          status: isDry ? 200 : 201,
        });
      }),
    );
    const { user } = show(<BankDesk />);
    await user.upload(
      await screen.findByLabelText('Choose a statement'),
      new File(['x'], 'nov.csv', { type: 'text/csv' }),
    );
    expect(await screen.findByText(/1 line, from 1 November 2026 to 30 November 2026/)).toBeVisible();
    expect(screen.getByLabelText('Amount')).toHaveValue('1');
    await user.click(screen.getByRole('button', { name: 'Bring it in' }));
    expect(await screen.findByText('1 new line.')).toBeVisible();
    expect(asked).toEqual(['?name=nov.csv&dry=true', '?name=nov.csv&booked_on=0&amount=1']);
  });
});

describe('the books', () => {
  const bars = (list: unknown[]) =>
    http.get(`${api}/treasury/party/books/2025/closing/`, () =>
      HttpResponse.json({ year: 2025, closed_at: null, bars: list }),
    );
  beforeEach(() => {
    server.use(
      http.get(`${api}/treasury/party/books/`, () =>
        HttpResponse.json({
          currency: 'eur',
          sum: 0,
          balances: [
            { account: 'bank', number: '512000', name: 'Bank', envelope: '', balance: 5000 },
            { account: 'donations', number: '754000', name: 'Donations', envelope: 'Solidarity', balance: -5000 },
          ],
          years: [{ year: 2025, entries: 2, debits: 10_000, closed_at: null }],
        }),
      ),
      http.get(`${api}/treasury/party/books/2025/files/`, () =>
        HttpResponse.json({
          year: 2025,
          closed_at: null,
          entries: 2,
          lines: 4,
          debits: 10_000,
          given: 5000,
          receipts: 0,
          receipts_sum: 0,
          has_donor_file: true,
          donor_file_lacks: ['phone', 'email'],
          fec_name: 'partyFEC20251231-provisional.txt',
          layouts: ['2014'],
        }),
      ),
      told([]),
    );
  });

  const receipts = { donations: 3, transmitted: 0, issued: 0, files: [] as unknown[] };
  const told = (files: unknown[]) =>
    http.get(`${api}/treasury/party/books/2025/receipts/`, () => HttpResponse.json({ ...receipts, files }));

  it('show each account on its side, and what still bars the closing', async () => {
    server.use(bars([{ bar: 'open_lines', count: 3 }]));
    const { container } = show(<BooksDesk />);
    expect(await screen.findByRole('rowheader', { name: '512000 Bank' })).toBeVisible();
    expect(await screen.findByText('3 lines of the bank are not found.')).toBeVisible();
    expect(screen.getByText(/Empty in the file: the telephone number, the e-mail address/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Close 2025' })).toBeNull();
    await expectNoAxeFinding(container);
  });

  it('close a year only once it is typed', async () => {
    const closed: unknown[] = [];
    server.use(
      bars([]),
      http.post(`${api}/treasury/party/books/2025/close/`, async ({ request }) => {
        closed.push(await request.json());
        return HttpResponse.json({ year: 2025, closed_at: '2026-11-20T09:30:00Z', bars: [] });
      }),
    );
    const { user } = show(<BooksDesk />);
    await user.click(await screen.findByRole('button', { name: 'Close 2025' }));
    const dialog = screen.getByRole('alertdialog');
    const button = within(dialog).getByRole('button', { name: 'Close for good' });
    expect(button).toBeDisabled();
    await user.type(within(dialog).getByLabelText('Type 2025 to close it'), '2025');
    await user.click(button);
    await waitFor(() => {
      expect(closed).toEqual([{ year: 2025 }]);
    });
  });

  it('leave as a file once one typed why', async () => {
    const taken: unknown[] = [];
    server.use(
      bars([]),
      http.post(`${api}/treasury/party/books/2025/files/fec/`, async ({ request }) => {
        taken.push(await request.json());
        return new HttpResponse('x', { headers: { 'Content-Type': 'text/plain' } });
      }),
    );
    URL.createObjectURL = () => 'blob:x';
    URL.revokeObjectURL = () => undefined;
    const { user } = show(<BooksDesk />);
    await user.click(await screen.findByRole('button', { name: 'Take the FEC' }));
    const dialog = screen.getByRole('dialog');
    await user.type(within(dialog).getByRole('textbox'), 'for the accountant');
    await user.click(within(dialog).getAllByRole('button').at(-1) as HTMLElement);
    await waitFor(() => {
      expect(taken).toEqual([{ reason: 'for the accountant' }]);
    });
  });

  it('follow the receipts that the commission numbers: a file is marked as handed in, with how', async () => {
    const file = { id: 'f1', taken_at: '2026-01-20T09:30:00Z', sent_on: null, words: '', can_undo: false };
    const marked: unknown[] = [];
    server.use(
      bars([]),
      told([file]),
      http.post(`${api}/treasury/donor-files/f1/sent/`, async ({ request }) => {
        marked.push(await request.json());
        return HttpResponse.json({ ...file, sent_on: '2026-02-01', words: 'On-line', can_undo: true });
      }),
    );
    const { user, container } = show(<BooksDesk />);
    await user.click(await screen.findByRole('button', { name: /^Mark the file taken on/ }));
    const dialog = screen.getByRole('dialog');
    await user.type(within(dialog).getByLabelText('Handed in on'), '2026-02-01');
    await user.type(within(dialog).getByLabelText(/^How/), 'On-line');
    await user.click(within(dialog).getByRole('button', { name: 'Mark as handed in' }));
    await waitFor(() => {
      expect(marked).toEqual([{ sent_on: '2026-02-01', reason: 'On-line' }]);
    });
    await expectNoAxeFinding(container);
  });

  it('take the numbers of the receipts once one saw what they change', async () => {
    const asked: string[] = [];
    const change = {
      new: 2,
      known: 1,
      corrected: 1,
      corrections: [{ donation: 'd9', before: 'A-1', number: 'A-2' }],
      mails: 1,
    };
    server.use(
      bars([]),
      http.post(`${api}/treasury/party/books/2025/receipts/numbers/`, ({ request }) => {
        asked.push(new URL(request.url).search);
        return HttpResponse.json(change);
      }),
    );
    const { user } = show(<BooksDesk />);
    const table = new File(['x'], 'numbers.csv', { type: 'text/csv' });
    await user.upload(await screen.findByLabelText('Choose a file'), table);
    expect(await screen.findByText('2 donations get their number.')).toBeVisible();
    expect(screen.getByText('d9: A-2 instead of A-1')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Keep these numbers' }));
    expect(await screen.findByText('Kept: 2 new numbers.')).toBeVisible();
    expect(asked).toEqual(['?dry=true', '']);
  });

  it('say what is wrong with each line of the numbers, and keep none', async () => {
    server.use(
      bars([]),
      http.post(`${api}/treasury/party/books/2025/receipts/numbers/`, () =>
        HttpResponse.json(
          { code: 'wrong_rows', detail: 'No.', rows: [{ line: 3, fields: { number: ['Somebody else has it.'] } }] },
          { status: 400 },
        ),
      ),
    );
    const { user } = show(<BooksDesk />);
    await user.upload(await screen.findByLabelText('Choose a file'), new File(['x'], 'numbers.csv'));
    expect(await screen.findByText('Somebody else has it.')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Keep these numbers' })).toBeNull();
  });
});
