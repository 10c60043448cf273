import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { asProblem } from '@/api/problem';
import type { BookYear, ClosingBar, RecipientKept } from '@/api/shapes';
import { ReasonedFile } from '@/entities/person/reasoned-file';
import { money, number } from '@/lib/format';
import { Dialog } from '@/ui/dialog';
import { Field } from '@/ui/field';
import { Pane } from '@/ui/pane';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { booksKey, closeYear, closingQuery, takeYearFile, yearFilesQuery } from './books-api';
import { OfficialReceiptsPane } from './official-receipts-pane';

/** Where what still bars a closing is done. */
const DONE_AT: Partial<Record<ClosingBar, string>> = {
  open_batches: 'batches?',
  open_lines: 'bank?',
  unseen_entries: 'bank?',
  statements_differ: 'bank?',
  open_differences: 'decide?what=differences&',
};

interface Props {
  recipient: RecipientKept;
  year: BookYear;
}

/** One year of the books: its files, the receipts that an authority numbers, and what still bars its closing. */
export function BookYearPane({ recipient, year }: Props) {
  const files = useQuery(yearFilesQuery(recipient.code, year.year));
  return (
    <>
      <Files recipient={recipient} year={year} />
      {files.data?.has_donor_file && <OfficialReceiptsPane recipient={recipient} year={year.year} />}
      {!year.closed_at && <Closing recipient={recipient} year={year} />}
    </>
  );
}

function Files({ recipient, year: { year } }: Props) {
  const { t } = useTranslation('money');
  const queries = useQueryClient();
  const files = useQuery(yearFilesQuery(recipient.code, year));
  const said = (cents: number) => money(cents, recipient.currency);
  const called = (kind: string, end: string) => `${kind}-${recipient.code}-${year}.${end}`;
  const lacks = files.data?.donor_file_lacks.map((name) => t(`fund.lacks.${name}`)).join(', ');
  const kinds = [
    ['fec', files.data?.fec_name ?? ''],
    ['entries', called('entries', 'csv')],
    ...(files.data?.has_donor_file ? ([['donors', called('donors', 'zip')]] as const) : []),
  ] as const;
  return (
    <Pane title={t('books.files', { year })} className="batches">
      <div className="pane-body">
        {files.isPending && <Skeleton lines={3} />}
        {files.isError && <Trouble error={files.error} retry={() => void files.refetch()} />}
        {files.data && (
          <ul className="rows">
            {kinds.map(([kind, name]) => (
              <li key={kind}>
                <span>
                  <b>{t(`books.file_${kind}`)}</b>{' '}
                  <span className="hint">
                    {kind === 'donors'
                      ? t('books.file_donors_why', { amount: said(files.data.given) })
                      : t(`books.file_${kind}_why`, {
                          count: files.data.lines,
                          number: number(files.data.lines),
                          amount: said(files.data.debits),
                        })}
                  </span>
                  {kind === 'donors' && lacks && <span className="hint">{t('books.donors_lack', { lacks })}</span>}
                </span>
                <ReasonedFile
                  word={t(`books.take_${kind}`)}
                  said={t(kind === 'donors' ? 'books.names_people' : 'books.names_nobody')}
                  take={async (reason) => {
                    const file = await takeYearFile(recipient.code, year, kind, { reason });
                    if (kind === 'donors') await queries.invalidateQueries({ queryKey: booksKey(recipient.code) });
                    return file;
                  }}
                  name={name}
                />
              </li>
            ))}
            {!files.data.has_donor_file && (
              <li>
                {t('books.receipts', {
                  count: files.data.receipts,
                  number: number(files.data.receipts),
                  amount: said(files.data.receipts_sum),
                })}
              </li>
            )}
          </ul>
        )}
      </div>
    </Pane>
  );
}

function Closing({ recipient, year: { year } }: Props) {
  const { t } = useTranslation('money');
  const closing = useQuery(closingQuery(recipient.code, year));
  const [isAsking, setAsking] = useState(false);
  const bars = closing.data?.bars ?? [];
  return (
    <Pane title={t('books.closing', { year })}>
      <div className="pane-body">
        <p>{t('books.closing_why', { year, next: year + 1 })}</p>
        {closing.isPending && <Skeleton lines={2} />}
        {closing.isError && <Trouble error={closing.error} retry={() => void closing.refetch()} />}
        {bars.length > 0 && (
          <>
            <h3>{t('books.still')}</h3>
            <ul className="rows">
              {bars.map(({ bar, count }) => (
                <li key={bar}>
                  <span>{t(`books.bar_${bar}`, { count, number: number(count) })}</span>
                  {DONE_AT[bar] && (
                    <Link to={`/desk/money/${DONE_AT[bar]}fund=${recipient.code}`}>{t('books.go_there')}</Link>
                  )}
                </li>
              ))}
            </ul>
          </>
        )}
        {closing.isSuccess && bars.length === 0 && (
          <div className="buttons">
            <button
              type="button"
              className="button"
              onClick={() => {
                setAsking(true);
              }}
            >
              {t('books.close', { year })}
            </button>
          </div>
        )}
        {isAsking && (
          <Close
            recipient={recipient}
            year={year}
            onClose={() => {
              setAsking(false);
            }}
          />
        )}
      </div>
    </Pane>
  );
}

function Close({ recipient, year, onClose }: { recipient: RecipientKept; year: number; onClose: () => void }) {
  const { t } = useTranslation('money');
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const close = useMutation({
    mutationFn: () => closeYear(recipient.code, year, Number(typed) || 0),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: booksKey(recipient.code) });
    },
  });
  const wrong = close.isError ? asProblem(close.error).fields.year?.[0] : undefined;
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    close.mutate();
  }
  return (
    <Dialog title={t('books.close', { year })} role="alertdialog" onClose={onClose}>
      <form className="fields" onSubmit={onSubmit}>
        <p>{t('books.no_way_back', { year, next: year + 1 })}</p>
        <Field
          label={t('books.type_year', { year })}
          inputMode="numeric"
          required
          value={typed}
          error={wrong}
          onChange={(event) => {
            setTyped(event.target.value);
          }}
        />
        {close.isError && !wrong && <Trouble error={close.error} />}
        <div className="buttons">
          <button type="submit" className="button" disabled={close.isPending || typed !== String(year)}>
            {t('books.close_do')}
          </button>
          <button type="button" className="button line" onClick={onClose}>
            {t('batches.leave')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
