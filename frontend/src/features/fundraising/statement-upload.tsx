import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { RecipientKept, StatementReading } from '@/api/shapes';
import { dated, money, number } from '@/lib/format';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';
import { Select } from '@/ui/select';
import { Trouble } from '@/ui/trouble';
import { booksKey, sendStatement, statementsQuery } from './books-api';

const COLUMNS = ['booked_on', 'label', 'amount', 'side', 'debit', 'credit', 'reference', 'party', 'balance'] as const;

/** Bring a statement in: read first, shown as it was understood, kept once it is right. */
export function StatementUpload({ recipient }: { recipient: RecipientKept }) {
  const { t } = useTranslation('money');
  const queries = useQueryClient();
  const [file, setFile] = useState<File>();
  const [columns, setColumns] = useState<Record<string, number>>({});
  const statements = useQuery(statementsQuery(recipient.code)).data?.items ?? [];
  const look = useMutation({
    mutationFn: (sent: { file: File; columns: Record<string, number> }) =>
      sendStatement(recipient.code, { ...sent, dry: true }),
    onSuccess: (read) => {
      setColumns(read.reading?.columns ?? {});
    },
  });
  const bring = useMutation({
    mutationFn: (sent: { file: File; columns: Record<string, number> }) =>
      sendStatement(recipient.code, { ...sent, dry: false }),
    onSuccess: async () => {
      setFile(undefined);
      look.reset();
      await queries.invalidateQueries({ queryKey: booksKey(recipient.code) });
    },
  });
  const reading = file ? look.data?.reading : undefined;
  const isTable = reading?.format === 'csv';
  const sent = isTable ? columns : {};
  const unread = bring.isError ? ((asProblem(bring.error).body.lines ?? []) as { line: number }[]) : [];
  const added = bring.data?.items.reduce((sum, each) => sum + each.added, 0) ?? 0;
  const odd = statements.filter(({ difference }) => difference !== 0);
  return (
    <Pane title={t('bank.statement')} className="batches">
      <div className="pane-body batch-body">
        <div className="buttons">
          <label className="button line">
            {t('bank.choose_file')}
            <input
              type="file"
              className="sr-only"
              accept=".xml,.csv,.txt,.tsv,application/xml,text/csv"
              onChange={(event) => {
                const chosen = event.target.files?.[0];
                event.target.value = '';
                if (!chosen) return;
                bring.reset();
                setFile(chosen);
                look.mutate({ file: chosen, columns: {} });
              }}
            />
          </label>
          <span className="note" role="status">
            {bring.isSuccess && t('bank.brought', { count: added, number: number(added) })}
          </span>
        </div>
        <p className="hint">{t('bank.formats')}</p>
        {look.isError && <Trouble error={look.error} kept={t('bank.nothing_kept')} />}
        {reading && file && (
          <>
            {isTable && (
              <div className="entry-grid">
                {COLUMNS.map((name) => (
                  <Select
                    key={name}
                    label={t(`bank.column_${name}`)}
                    value={String(columns[name] ?? '')}
                    options={[
                      { value: '', label: t('bank.no_column') },
                      ...reading.headings.map((heading, place) => ({
                        value: String(place),
                        label: heading || String(place + 1),
                      })),
                    ]}
                    onChange={(event) => {
                      const rest = Object.fromEntries(Object.entries(columns).filter(([key]) => key !== name));
                      const next = event.target.value === '' ? rest : { ...rest, [name]: Number(event.target.value) };
                      setColumns(next);
                      look.mutate({ file, columns: next });
                    }}
                  />
                ))}
              </div>
            )}
            <AsRead reading={reading} currency={recipient.currency} />
            <div className="buttons">
              <button
                type="button"
                className="button"
                disabled={bring.isPending || look.isPending || reading.statements.length === 0}
                onClick={() => {
                  bring.mutate({ file, columns: sent });
                }}
              >
                {t('bank.bring')}
              </button>
            </div>
          </>
        )}
        {bring.isError && <Trouble error={bring.error} kept={t('bank.nothing_kept')} />}
        {unread.length > 0 && <p>{t('bank.unread', { lines: unread.map(({ line }) => line).join(', ') })}</p>}
        {odd.map((each) => (
          <p key={each.id} className="problem">
            <Raised
              text={t('bank.differs', {
                from: dated(each.from_on),
                to: dated(each.to_on),
                amount: money(Math.abs(each.difference), recipient.currency),
              })}
            />
          </p>
        ))}
      </div>
    </Pane>
  );
}

/** A statement as it was understood: its days, balances and first lines. */
function AsRead({ reading, currency }: { reading: StatementReading; currency: string }) {
  const { t } = useTranslation('money');
  const said = (cents: number | null) => (cents === null ? t('bank.not_told') : money(cents, currency));
  if (reading.unread.length > 0)
    return <p className="problem">{t('bank.unread', { lines: reading.unread.map(({ line }) => line).join(', ') })}</p>;
  if (reading.statements.length === 0) return <p>{t('bank.say_columns')}</p>;
  return reading.statements.map((each) => (
    <section key={`${each.number}${each.from_on}`}>
      <p>
        <Raised
          text={t('bank.as_read', {
            count: each.count,
            number: number(each.count),
            from: dated(each.from_on),
            to: dated(each.to_on),
            opening: said(each.opening),
            closing: said(each.closing),
          })}
        />
      </p>
      {each.difference !== 0 && (
        <p className="problem">{t('bank.does_not_add_up', { amount: money(Math.abs(each.difference), currency) })}</p>
      )}
      <ul className="rows">
        {each.lines.map((line, place) => (
          <li key={place}>
            <span>
              <Raised text={dated(line.booked_on)} />: {[line.words, line.party].filter(Boolean).join(' · ')}
            </span>{' '}
            <b>{money(line.amount, currency)}</b>
          </li>
        ))}
      </ul>
    </section>
  ));
}
