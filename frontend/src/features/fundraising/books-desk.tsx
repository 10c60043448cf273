import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RecipientKept } from '@/api/shapes';
import { dated, money, number } from '@/lib/format';
import { useFilters } from '@/lib/use-filters';
import { DeskHead } from '@/ui/desk-head';
import { ListBody } from '@/ui/list-body';
import { Pane } from '@/ui/pane';
import { BookYearPane } from './book-year-pane';
import { balancesQuery } from './books-api';
import './books.css';
import { RecipientPage } from './recipient-page';

/** What stands on each account, the files of a year, and its closing. */
export function BooksDesk() {
  return <RecipientPage>{(recipient) => <Books key={recipient.code} recipient={recipient} />}</RecipientPage>;
}

function Books({ recipient }: { recipient: RecipientKept }) {
  const { t } = useTranslation('money');
  const { get, set } = useFilters();
  const books = useQuery(balancesQuery(recipient.code));
  const years = books.data?.years ?? [];
  const chosen = years.find(({ year }) => String(year) === get('year')) ?? years[0];
  const said = (cents: number) => money(cents, recipient.currency);
  return (
    <>
      <DeskHead title={t('books.title')} lead={t('books.why', { name: recipient.name })}>
        <Link className="button line" to={`/desk/money/books/journal?fund=${recipient.code}`}>
          {t('books.to_journal')}
        </Link>
      </DeskHead>
      <ListBody list={books} blank={books.data?.years.length === 0 && <p>{t('books.none')}</p>}>
        <Pane title={t('books.balances')} note={t('books.zero')} className="batches">
          <div className="table-scroll" tabIndex={0} role="group" aria-label={t('books.balances')}>
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{t('card.account')}</th>
                  <th scope="col">{t('by.envelope')}</th>
                  <th scope="col" className="number">
                    {t('card.debit')}
                  </th>
                  <th scope="col" className="number">
                    {t('card.credit')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {(books.data?.balances ?? []).map((row) => (
                  <tr key={`${row.account}${row.envelope}`}>
                    <th scope="row">
                      {row.number} {row.name}
                    </th>
                    <td>{row.envelope}</td>
                    <td className="number">{row.balance > 0 && said(row.balance)}</td>
                    <td className="number">{row.balance < 0 && said(-row.balance)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Pane>
        <div className="filters" role="group" aria-label={t('books.years')}>
          {years.map(({ year, closed_at }) => (
            <button
              key={year}
              type="button"
              className="chip"
              aria-pressed={year === chosen?.year}
              onClick={() => {
                set({ year: String(year) });
              }}
            >
              {year} {closed_at && t('books.closed')}
            </button>
          ))}
        </div>
        {chosen && (
          <>
            <p className="note">
              {t('books.year_says', {
                count: chosen.entries,
                number: number(chosen.entries),
                amount: said(chosen.debits),
              })}
              {chosen.closed_at && ` ${t('books.closed_on', { day: dated(chosen.closed_at) })}`}
            </p>
            <BookYearPane key={chosen.year} recipient={recipient} year={chosen} />
          </>
        )}
      </ListBody>
    </>
  );
}
