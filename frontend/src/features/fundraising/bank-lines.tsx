import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BankEntry, type BankLine, type RecipientKept, SET_ASIDE, type SetAside } from '@/api/shapes';
import { dated, money } from '@/lib/format';
import { Dialog } from '@/ui/dialog';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { BankEntryWords } from './bank-entry-words';
import { booksKey, matchLine, setLineAside, undoLine } from './books-api';

interface Props {
  recipient: RecipientKept;
  rows: readonly BankLine[];
  /** Entries that no line is yet. */
  unseen: readonly BankEntry[];
}

/** Lines of the bank: what each is in the books, or may be, confirmed at a click and undone. */
export function BankLines({ recipient, rows, unseen }: Props) {
  const { t } = useTranslation('money');
  const queries = useQueryClient();
  const [searching, setSearching] = useState<BankLine>();
  const options = { onSuccess: () => queries.invalidateQueries({ queryKey: booksKey(recipient.code) }) };
  const match = useMutation({
    mutationFn: ({ id, entries }: { id: string; entries: number[] }) => matchLine(id, entries),
    ...options,
  });
  const aside = useMutation({
    mutationFn: ({ id, why }: { id: string; why: SetAside }) => setLineAside(id, why),
    ...options,
  });
  const undo = useMutation({ mutationFn: undoLine, ...options });
  const failed = [match, aside, undo].find((each) => each.isError);
  const isBusy = match.isPending || aside.isPending || undo.isPending;
  return (
    <>
      {failed && <Trouble error={failed.error} />}
      <div className="table-scroll" tabIndex={0} role="group" aria-label={t('bank.lines')}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('bank.line')}</th>
              <th scope="col" className="number">
                {t('column.amount')}
              </th>
              <th scope="col">{t('bank.in_books')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const words = [row.words, row.party].filter(Boolean).join(' · ');
              const isOpen = !row.is_matched && !row.set_aside;
              const told = row.is_matched ? row.entries : (row.proposal?.entries ?? []);
              return (
                <tr key={row.id}>
                  <th scope="row" className="bank-line-words">
                    {words}
                    <small className="under">
                      <Raised text={dated(row.booked_on)} />
                      {row.reference && `, ${row.reference}`}
                    </small>
                  </th>
                  <td className="number">{money(row.amount, recipient.currency)}</td>
                  <td>
                    {row.set_aside && t(`bank.aside_${row.set_aside}`)}
                    {isOpen && told.length > 0 && <small>{t('bank.may_be')} </small>}
                    {told.map((entry) => (
                      <span key={entry.id} className="under">
                        <BankEntryWords entry={entry} />
                      </span>
                    ))}
                    <div className="acts">
                      {isOpen && row.proposal && (
                        <button
                          type="button"
                          className={row.proposal.is_sure ? 'button' : 'button line'}
                          disabled={isBusy}
                          aria-label={t('bank.confirm_of', { words })}
                          onClick={() => {
                            match.mutate({ id: row.id, entries: told.map(({ id }) => id) });
                          }}
                        >
                          {t('bank.confirm')}
                        </button>
                      )}
                      {isOpen ? (
                        <button
                          type="button"
                          className="button bare"
                          aria-label={t('bank.other_of', { words })}
                          onClick={() => {
                            setSearching(row);
                          }}
                        >
                          {t('bank.other')}
                        </button>
                      ) : (
                        <button
                          type="button"
                          className="button bare"
                          disabled={isBusy}
                          aria-label={t('bank.undo_of', { words })}
                          onClick={() => {
                            undo.mutate(row.id);
                          }}
                        >
                          {t('bank.undo')}
                        </button>
                      )}
                    </div>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {searching && (
        <ByHand
          line={searching}
          recipient={recipient}
          unseen={unseen}
          onMatch={(entries) => {
            match.mutate({ id: searching.id, entries });
            setSearching(undefined);
          }}
          onAside={(why) => {
            aside.mutate({ id: searching.id, why });
            setSearching(undefined);
          }}
          onClose={() => {
            setSearching(undefined);
          }}
        />
      )}
    </>
  );
}

interface ByHandProps {
  line: BankLine;
  recipient: RecipientKept;
  unseen: readonly BankEntry[];
  onMatch: (entries: number[]) => void;
  onAside: (why: SetAside) => void;
  onClose: () => void;
}

/** Say by hand what a line is: one entry or several that add up to it, or nothing that these books keep. */
function ByHand({ line, recipient, unseen, onMatch, onAside, onClose }: ByHandProps) {
  const { t } = useTranslation('money');
  const [chosen, setChosen] = useState<number[]>([]);
  const said = (cents: number) => money(cents, recipient.currency);
  const sum = unseen.filter(({ id }) => chosen.includes(id)).reduce((cents, { amount }) => cents + amount, 0);
  return (
    <Dialog title={t('bank.by_hand', { amount: said(line.amount) })} onClose={onClose}>
      <div className="fields">
        <p>{[line.words, line.party].filter(Boolean).join(' · ')}</p>
        <fieldset className="group">
          <legend>{t('bank.choose_entries')}</legend>
          {unseen.length === 0 && <p>{t('bank.all_seen')}</p>}
          {unseen.map((entry) => (
            <label key={entry.id} className="check">
              <input
                type="checkbox"
                checked={chosen.includes(entry.id)}
                onChange={(event) => {
                  setChosen(event.target.checked ? [...chosen, entry.id] : chosen.filter((id) => id !== entry.id));
                }}
              />
              <span>
                <BankEntryWords entry={entry} />, <b>{said(entry.amount)}</b>
              </span>
            </label>
          ))}
        </fieldset>
        {chosen.length > 0 && (
          <p role="status">{t('bank.chosen_sum', { sum: said(sum), amount: said(line.amount) })}</p>
        )}
        <div className="buttons">
          <button
            type="button"
            className="button"
            disabled={sum !== line.amount || chosen.length === 0}
            onClick={() => {
              onMatch(chosen);
            }}
          >
            {t('bank.match')}
          </button>
        </div>
        <p>{t('bank.or_aside')}</p>
        <div className="buttons">
          {SET_ASIDE.map((why) => (
            <button
              key={why}
              type="button"
              className="button line"
              onClick={() => {
                onAside(why);
              }}
            >
              {t(`bank.aside_${why}`)}
            </button>
          ))}
        </div>
      </div>
    </Dialog>
  );
}
