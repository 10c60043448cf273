import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { DonorFile, OfficialNumbers, OfficialReceipts, RecipientKept } from '@/api/shapes';
import { dated, instant, number } from '@/lib/format';
import { Dialog } from '@/ui/dialog';
import { Field } from '@/ui/field';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { booksKey, markSent, officialReceiptsQuery, sendNumbers, undoSent } from './books-api';
import { WrongLines } from './wrong-lines';

interface Props {
  recipient: RecipientKept;
  year: number;
}

/** The receipts that the commission numbers: which file was handed in, and the numbers that came back. */
export function OfficialReceiptsPane({ recipient, year }: Props) {
  const { t } = useTranslation('money');
  const receipts = useQuery(officialReceiptsQuery(recipient.code, year));
  return (
    <Pane title={t('official.title', { year })} className="batches">
      <div className="pane-body batch-body">
        <p>{t('official.why')}</p>
        {receipts.isPending && <Skeleton lines={3} />}
        {receipts.isError && <Trouble error={receipts.error} retry={() => void receipts.refetch()} />}
        {receipts.data && (
          <>
            <Standing receipts={receipts.data} />
            <Files recipient={recipient} files={receipts.data.files} />
            <Numbers recipient={recipient} year={year} />
          </>
        )}
      </div>
    </Pane>
  );
}

function Standing({ receipts }: { receipts: OfficialReceipts }) {
  const { t } = useTranslation('money');
  return (
    <dl className="bank-standing">
      {(['donations', 'transmitted', 'issued'] as const).map((name) => (
        <div key={name}>
          <dt>{t(`official.${name}`)}</dt>
          <dd>{number(receipts[name])}</dd>
        </div>
      ))}
    </dl>
  );
}

function Files({ recipient, files }: { recipient: RecipientKept; files: DonorFile[] }) {
  const { t } = useTranslation('money');
  const queries = useQueryClient();
  const [marking, setMarking] = useState<DonorFile>();
  const undo = useMutation({
    mutationFn: (id: string) => undoSent(id),
    onSuccess: () => queries.invalidateQueries({ queryKey: booksKey(recipient.code) }),
  });
  return (
    <section className="deposit">
      <h3>{t('official.files')}</h3>
      {files.length === 0 && <p className="muted">{t('official.no_files')}</p>}
      <ul className="rows">
        {files.map((file) => (
          <li key={file.id}>
            <span>
              <Raised text={t('official.taken', { at: instant(file.taken_at) })} />{' '}
              {file.sent_on && (
                <b>
                  <Raised text={t('official.sent', { day: dated(file.sent_on) })} />
                </b>
              )}{' '}
              <span className="hint">{file.words}</span>
            </span>
            {file.can_undo && (
              <button
                type="button"
                className="button bare"
                disabled={undo.isPending}
                aria-label={t('official.undo_of', { at: instant(file.taken_at) })}
                onClick={() => {
                  undo.mutate(file.id);
                }}
              >
                {t('official.undo')}
              </button>
            )}
            {!file.sent_on && (
              <button
                type="button"
                className="button line"
                aria-label={t('official.mark_of', { at: instant(file.taken_at) })}
                onClick={() => {
                  setMarking(file);
                }}
              >
                {t('official.mark')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {undo.isError && <Trouble error={undo.error} />}
      {marking && (
        <Mark
          recipient={recipient}
          file={marking}
          onClose={() => {
            setMarking(undefined);
          }}
        />
      )}
    </section>
  );
}

function Mark({ recipient, file, onClose }: { recipient: RecipientKept; file: DonorFile; onClose: () => void }) {
  const { t } = useTranslation('money');
  const queries = useQueryClient();
  const [said, setSaid] = useState({ sent_on: '', reason: '' });
  const mark = useMutation({
    mutationFn: () => markSent(file.id, said),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: booksKey(recipient.code) });
    },
  });
  const fields = mark.isError ? asProblem(mark.error).fields : {};
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    mark.mutate();
  }
  return (
    <Dialog title={t('official.mark')} onClose={onClose}>
      <form className="fields" onSubmit={onSubmit}>
        <p>{t('official.mark_why')}</p>
        <Field
          label={t('official.sent_on')}
          type="date"
          required
          value={said.sent_on}
          error={fields.sent_on?.[0]}
          onChange={(event) => {
            setSaid({ ...said, sent_on: event.target.value });
          }}
        />
        <Field
          label={t('official.how')}
          rows={2}
          required
          maxLength={500}
          value={said.reason}
          error={fields.reason?.[0]}
          onChange={(event) => {
            setSaid({ ...said, reason: event.target.value });
          }}
        />
        {mark.isError && Object.keys(fields).length === 0 && <Trouble error={mark.error} />}
        <div className="buttons">
          <button type="submit" className="button" disabled={mark.isPending}>
            {t('official.mark_do')}
          </button>
          <button type="button" className="button line" onClick={onClose}>
            {t('batches.leave')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** The numbers, from a table: read first, shown as what they change, kept once that is right. */
function Numbers({ recipient, year }: Props) {
  const { t } = useTranslation('money');
  const queries = useQueryClient();
  const [file, setFile] = useState<File>();
  const look = useMutation({ mutationFn: (chosen: File) => sendNumbers(recipient.code, year, chosen, true) });
  const keep = useMutation({
    mutationFn: (chosen: File) => sendNumbers(recipient.code, year, chosen, false),
    onSuccess: async () => {
      setFile(undefined);
      look.reset();
      await queries.invalidateQueries({ queryKey: booksKey(recipient.code) });
    },
  });
  const change = file ? look.data : undefined;
  const error = keep.error ?? look.error;
  return (
    <section className="deposit">
      <h3>{t('official.numbers')}</h3>
      <p className="hint">{t('official.numbers_why')}</p>
      <div className="buttons">
        <label className="button line">
          {t('official.choose')}
          <input
            type="file"
            className="sr-only"
            accept=".csv,.txt,.tsv,text/csv"
            onChange={(event) => {
              const chosen = event.target.files?.[0];
              event.target.value = '';
              if (!chosen) return;
              keep.reset();
              setFile(chosen);
              look.mutate(chosen);
            }}
          />
        </label>
        <span className="note" role="status">
          {keep.isSuccess && t('official.kept', { count: keep.data.new, number: number(keep.data.new) })}
        </span>
      </div>
      {change && file && (
        <>
          <Changes change={change} />
          <div className="buttons">
            <button
              type="button"
              className="button"
              disabled={keep.isPending || change.new + change.corrected === 0}
              onClick={() => {
                keep.mutate(file);
              }}
            >
              {t('official.keep')}
            </button>
          </div>
        </>
      )}
      {error && (
        <>
          <Trouble error={error} kept={t('bank.nothing_kept')} />
          <WrongLines error={error} />
        </>
      )}
    </section>
  );
}

function Changes({ change }: { change: OfficialNumbers }) {
  const { t } = useTranslation('money');
  const said = (count: number) => ({ count, number: number(count) });
  const more = change.corrected - change.corrections.length;
  return (
    <>
      <ul>
        <li>{t('official.new', said(change.new))}</li>
        {change.known > 0 && <li>{t('official.known', said(change.known))}</li>}
        {change.corrected > 0 && <li>{t('official.corrected', said(change.corrected))}</li>}
        <li>{t('official.mails', said(change.mails))}</li>
      </ul>
      {change.corrections.length > 0 && (
        <ul className="rows">
          {change.corrections.map(({ donation, before, number: after }) => (
            <li key={donation}>{t('official.instead', { donation, before, after })}</li>
          ))}
          {more > 0 && <li>{t('official.more', said(more))}</li>}
        </ul>
      )}
    </>
  );
}
