import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ENTRY_KINDS, type LedgerEntry, type RecipientKept } from '@/api/shapes';
import { dated, money, monthName, number } from '@/lib/format';
import { useDebounced } from '@/lib/use-debounced';
import { useFilters } from '@/lib/use-filters';
import { Blank } from '@/ui/blank';
import { DeskHead } from '@/ui/desk-head';
import { Filters } from '@/ui/filters';
import { ListBody } from '@/ui/list-body';
import { ListFoot } from '@/ui/list-foot';
import { NarrowBy } from '@/ui/narrow-by';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';
import { balancesQuery, type JournalFilters, journalQuery } from './books-api';
import './books.css';
import { RecipientPage } from './recipient-page';

/** The journal: each entry of a year with its lines, as the books were written. */
export function JournalDesk() {
  return <RecipientPage>{(recipient) => <Journal key={recipient.code} recipient={recipient} />}</RecipientPage>;
}

const MONTHS = Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, '0'));
const FILTERS = ['q', 'year', 'month', 'kind', 'account', 'envelope'] as const;

/** The first and the last day of a year, or of one of its months. */
function spanOf(year: string, month: string): { since: string; until: string } {
  const last = new Date(Date.UTC(Number(year), Number(month || '12'), 0)).toISOString().slice(0, 10);
  return { since: `${year}-${month || '01'}-01`, until: last };
}

function Journal({ recipient }: { recipient: RecipientKept }) {
  const { t } = useTranslation('money');
  const { get, set } = useFilters();
  const books = useQuery(balancesQuery(recipient.code));
  const query = get('q');
  const settled = useDebounced(query.trim());
  const years = (books.data?.years ?? []).map(({ year }) => String(year));
  const year = years.find((each) => each === get('year')) ?? years[0];
  const month = MONTHS.find((each) => each === get('month')) ?? '';
  const asked: JournalFilters = {
    ...(year && spanOf(year, month)),
    ...Object.fromEntries(
      (['kind', 'account', 'envelope'] as const).flatMap((name) => (get(name) ? [[name, get(name)]] : [])),
    ),
    ...(settled && { q: settled }),
  };
  const list = useInfiniteQuery({
    ...journalQuery(recipient.code, asked),
    enabled: year !== undefined,
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => (list.data?.pages ?? []).flatMap((page) => page.items), [list.data]);
  const isNarrowed = FILTERS.some((name) => name !== 'year' && get(name));
  const accounts = new Map((books.data?.balances ?? []).map((row) => [row.account, `${row.number} ${row.name}`]));
  const choices = {
    month: MONTHS.map((value) => [value, monthName(value)] as const),
    kind: ENTRY_KINDS.map((value) => [value, t(`entry.${value}`)] as const),
    account: [...accounts],
    envelope: recipient.envelopes.map(({ code, name }) => [code, name] as const),
  };
  return (
    <>
      <DeskHead title={t('journal.title')} lead={t('journal.why', { name: recipient.name })}>
        <Link className="button line" to={`/desk/money/books?fund=${recipient.code}`}>
          {t('journal.to_books')}
        </Link>
      </DeskHead>
      <ListBody list={books} blank={years.length === 0 && <p>{t('books.none')}</p>}>
        <Filters
          label={t('journal.search')}
          query={query}
          onQuery={(q) => {
            set({ q });
          }}
          chips={years.map((name) => ({ name, content: name }))}
          pressed={year ?? ''}
          onPress={(name) => {
            set({ year: name });
          }}
        />
        <div className="filters people-narrow">
          {(Object.keys(choices) as (keyof typeof choices)[]).map(
            (name) =>
              choices[name].length > 0 && (
                <NarrowBy
                  key={name}
                  label={t(`journal.by_${name}`)}
                  any={t('journal.any')}
                  value={get(name)}
                  options={choices[name]}
                  onChange={(value) => {
                    set({ [name]: value });
                  }}
                />
              ),
          )}
        </div>
        <Pane title={month ? `${monthName(month)} ${year ?? ''}` : (year ?? '')} className="batches">
          <ListBody
            list={list}
            blank={
              rows.length === 0 && (
                <Blank title={t('journal.none')}>
                  <p>{t(isNarrowed ? 'journal.none_why' : 'journal.none_year')}</p>
                  {isNarrowed && (
                    <button
                      type="button"
                      className="button line"
                      onClick={() => {
                        set(Object.fromEntries(FILTERS.map((name) => [name, name === 'year' ? (year ?? null) : null])));
                      }}
                    >
                      {t('journal.all')}
                    </button>
                  )}
                </Blank>
              )
            }
          >
            <Entries recipient={recipient} rows={rows} />
          </ListBody>
          <ListFoot more={list}>{t('bank.entries', { count: rows.length })}</ListFoot>
        </Pane>
      </ListBody>
    </>
  );
}

/** Entries as an accountant reads them: what happened, then its lines, debits and credits apart. */
function Entries({ recipient, rows }: { recipient: RecipientKept; rows: readonly LedgerEntry[] }) {
  const { t } = useTranslation('money');
  const said = (cents: number) => money(cents, recipient.currency);
  return (
    <div className="table-scroll tall" tabIndex={0} role="group" aria-label={t('journal.title')}>
      <table className="table journal">
        <thead>
          <tr>
            <th scope="col">{t('journal.entry')}</th>
            <th scope="col">{t('card.account')}</th>
            <th scope="col" className="number">
              {t('card.debit')}
            </th>
            <th scope="col" className="number">
              {t('card.credit')}
            </th>
          </tr>
        </thead>
        {rows.map((row) => (
          <tbody key={row.id}>
            {row.lines.map((line, index) => (
              <tr key={`${line.account}${line.envelope}`}>
                {index === 0 && (
                  <th scope="rowgroup" rowSpan={row.lines.length}>
                    <Raised text={t('card.entry', { what: t(`entry.${row.kind}`), day: dated(row.booked_on) })} />
                    <small className="under">
                      {number(row.id)} · <span className="spoken">{row.key}</span>
                      {row.donation && (
                        <>
                          {' · '}
                          <Link to={`/desk/money/donations?fund=${recipient.code}&donation=${row.donation}`}>
                            {t('decide.see_donation')}
                          </Link>
                        </>
                      )}
                    </small>
                  </th>
                )}
                <td>
                  {line.number} {line.name} {line.envelope && <small>{line.envelope}</small>}
                </td>
                <td className="number">{line.amount > 0 && said(line.amount)}</td>
                <td className="number">{line.amount < 0 && said(-line.amount)}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}
