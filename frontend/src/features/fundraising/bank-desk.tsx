import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecipientKept } from '@/api/shapes';
import { money, number } from '@/lib/format';
import { useFilters } from '@/lib/use-filters';
import { Blank } from '@/ui/blank';
import { DeskHead } from '@/ui/desk-head';
import { ListBody } from '@/ui/list-body';
import { ListFoot } from '@/ui/list-foot';
import { Pane } from '@/ui/pane';
import { Trouble } from '@/ui/trouble';
import { BankLines } from './bank-lines';
import { BankStanding } from './bank-standing';
import { BANK_STATES, bankEntriesQuery, bankLinesQuery, booksKey, matchSure } from './books-api';
import { BankEntryWords } from './bank-entry-words';
import './books.css';
import { RecipientPage } from './recipient-page';
import { StatementUpload } from './statement-upload';

/** What the bank says beside what the books say. */
export function BankDesk() {
  return <RecipientPage>{(recipient) => <Bank key={recipient.code} recipient={recipient} />}</RecipientPage>;
}

function Bank({ recipient }: { recipient: RecipientKept }) {
  const { t } = useTranslation('money');
  const { get, set } = useFilters();
  const queries = useQueryClient();
  const state = BANK_STATES.find((name) => name === get('state')) ?? 'open';
  const list = useInfiniteQuery(bankLinesQuery(recipient.code, state));
  const entries = useQuery(bankEntriesQuery(recipient.code));
  const rows = useMemo(() => (list.data?.pages ?? []).flatMap((page) => page.items), [list.data]);
  const sure = rows.filter((row) => row.proposal?.is_sure).length;
  const confirmSure = useMutation({
    mutationFn: () => matchSure(recipient.code),
    onSuccess: () => queries.invalidateQueries({ queryKey: booksKey(recipient.code) }),
  });
  const unseen = entries.data?.items ?? [];
  return (
    <>
      <DeskHead title={t('bank.title')} lead={t('bank.why', { name: recipient.name })}>
        {sure > 0 && (
          <button
            type="button"
            className="button"
            disabled={confirmSure.isPending}
            onClick={() => {
              confirmSure.mutate();
            }}
          >
            {t('bank.confirm_sure', { count: sure })}
          </button>
        )}
      </DeskHead>
      {confirmSure.isError && <Trouble error={confirmSure.error} />}
      <p className="note" role="status">
        {confirmSure.isSuccess && t('bank.confirmed', { count: confirmSure.data.matched })}
      </p>
      <BankStanding code={recipient.code} />
      <StatementUpload recipient={recipient} />
      <div className="filters" role="group" aria-label={t('bank.show')}>
        {BANK_STATES.map((name) => (
          <button
            key={name}
            type="button"
            className="chip"
            aria-pressed={name === state}
            onClick={() => {
              set({ state: name === 'open' ? null : name });
            }}
          >
            {t(`bank.state_${name}`)}
          </button>
        ))}
      </div>
      <Pane title={t('bank.lines')} className="batches">
        <ListBody
          list={list}
          blank={
            rows.length === 0 && (
              <Blank title={t(state === 'open' ? 'bank.none_open' : 'bank.none')}>
                <p>{t('bank.none_why')}</p>
              </Blank>
            )
          }
        >
          <BankLines recipient={recipient} rows={rows} unseen={unseen} />
        </ListBody>
        <ListFoot more={list}>{t('bank.count', { count: rows.length, number: number(rows.length) })}</ListFoot>
      </Pane>
      <Pane title={t('bank.unseen')} note={unseen.length > 0 && number(unseen.length)}>
        <div className="pane-body">
          <p className="hint">{t('bank.unseen_why')}</p>
          {entries.isError && <Trouble error={entries.error} retry={() => void entries.refetch()} />}
          {entries.isSuccess && unseen.length === 0 && <p>{t('bank.all_seen')}</p>}
          <ul className="rows">
            {unseen.map((entry) => (
              <li key={entry.id}>
                <BankEntryWords entry={entry} /> <b>{money(entry.amount, recipient.currency)}</b>
              </li>
            ))}
          </ul>
        </div>
      </Pane>
    </>
  );
}
