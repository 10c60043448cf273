import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { Batch, BatchRow, BatchRowAsked, RecipientKept } from '@/api/shapes';
import { money } from '@/lib/format';
import { useDraft } from '@/lib/use-draft';
import { Check } from '@/ui/check';
import { Field } from '@/ui/field';
import { Select } from '@/ui/select';
import { Trouble } from '@/ui/trouble';
import { booksKey, writeRow } from './books-api';
import { typedAmount } from './give/money';

const BLANK = {
  amount: '',
  received_on: '',
  nature: 'donation',
  elected: '',
  envelope: '',
  honorific: '',
  given_name: '',
  family_name: '',
  born_on: '',
  nationality: 'FR',
  address_lines: '',
  postcode: '',
  city: '',
  country: 'FR',
  email: '',
  paper: '',
  cheque: '',
  drawn_on: '',
};
type Draft = typeof BLANK;
type Name = keyof Draft;

/** In the order of the paper; the keyboard goes from one to the next, Enter writes the row. */
const FIRST = ['amount', 'received_on'] as const satisfies readonly Name[];
const DONOR = [
  'honorific',
  'given_name',
  'family_name',
  'born_on',
  'nationality',
  'address_lines',
  'postcode',
  'city',
  'country',
  'email',
] as const satisfies readonly Name[];
/** The same from one row to the next. */
const KEPT = ['received_on', 'nationality', 'country', 'nature', 'envelope'] as const satisfies readonly Name[];

interface Props {
  batch: Batch;
  recipient: RecipientKept;
  row: BatchRow | undefined;
  onDone: () => void;
}

const shown = (row: BatchRow): Draft => ({
  ...BLANK,
  ...Object.fromEntries(DONOR.map((name) => [name, row.donor[name] ?? ''])),
  amount: (row.amount / 100).toFixed(2),
  received_on: row.received_on,
  nature: row.nature ?? 'donation',
  elected: row.donor.elected ? 'yes' : '',
  envelope: row.shares?.[0]?.fund ?? '',
  paper: row.paper ?? '',
  cheque: row.cheque ?? '',
  drawn_on: row.drawn_on ?? '',
});

/** A donation as its paper says it: typed field after field, kept while it is typed, written with Enter. */
export function BatchRowForm({ batch, recipient, row, onDone }: Props) {
  const { t, i18n } = useTranslation('money');
  const queries = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const key = useRef(crypto.randomUUID());
  const { draft, change, forget } = useDraft<Draft>(`batch:${batch.id}:${row?.id ?? 'new'}`, row ? shown(row) : BLANK);
  const [isNoAmount, setNoAmount] = useState(false);
  const [told, setTold] = useState('');
  const write = useMutation({
    mutationFn: (body: BatchRowAsked) => writeRow(batch.id, body, key.current, row?.id),
    onSuccess: async (written) => {
      key.current = crypto.randomUUID();
      const name = `${written.donor.given_name} ${written.donor.family_name}`.trim();
      setTold(t('batches.written', { name, amount: money(written.amount, batch.currency) }));
      if (row) {
        void forget();
        onDone();
      } else change({ ...BLANK, ...Object.fromEntries(KEPT.map((name) => [name, draft[name]])) });
      form.current?.querySelector('input')?.focus();
      await queries.invalidateQueries({ queryKey: booksKey(recipient.code) });
    },
  });
  const fields = write.isError ? asProblem(write.error).fields : {};
  const wrong = (name: Name) =>
    name === 'amount' && isNoAmount ? t('batches.no_amount') : (fields[name]?.[0] ?? fields[`donor.${name}`]?.[0]);

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    const amount = typedAmount(draft.amount, i18n.language);
    setNoAmount(!('cents' in amount));
    if (!('cents' in amount) || write.isPending) return;
    write.mutate({
      amount: amount.cents,
      received_on: draft.received_on,
      nature: draft.nature as 'donation' | 'dues',
      donor: {
        honorific: draft.honorific.trim(),
        given_name: draft.given_name.trim(),
        family_name: draft.family_name.trim(),
        address_lines: draft.address_lines.trim(),
        postcode: draft.postcode.trim(),
        city: draft.city.trim(),
        email: draft.email.trim(),
        elected: draft.elected === 'yes',
        nationality: draft.nationality.trim().toUpperCase(),
        country: draft.country.trim().toUpperCase(),
        born_on: draft.born_on || null,
      },
      paper: draft.paper,
      cheque: draft.cheque,
      drawn_on: draft.drawn_on,
      shares: draft.envelope ? [{ fund: draft.envelope, amount: amount.cents }] : [],
    });
  }
  const field = (name: Name, more: Record<string, unknown> = {}) => (
    <Field
      key={name}
      label={t(`batches.field_${name}`)}
      value={draft[name]}
      error={wrong(name)}
      autoComplete="off"
      {...more}
      onChange={(event) => {
        change({ [name]: event.target.value });
      }}
    />
  );
  const isDay = (name: Name) => (name === 'received_on' || name === 'born_on' ? { type: 'date' } : {});
  return (
    <form ref={form} className="row-entry" onSubmit={onSubmit} noValidate aria-label={t('batches.entry')}>
      <h3>{t(row ? 'batches.entry_change' : 'batches.entry')}</h3>
      <div className="entry-grid">
        {FIRST.map((name) => field(name, name === 'amount' ? { inputMode: 'decimal' } : isDay(name)))}
        {DONOR.map((name) =>
          field(name, name === 'nationality' || name === 'country' ? { maxLength: 2 } : isDay(name)),
        )}
        {field('paper', { hint: t('batches.paper_why') })}
        {batch.method === 'cheque' && [field('cheque'), field('drawn_on')]}
        <Select
          label={t('batches.field_nature')}
          value={draft.nature}
          error={fields.nature?.[0]}
          options={(['donation', 'dues'] as const).map((value) => ({ value, label: t(`nature.${value}`) }))}
          onChange={(event) => {
            change({ nature: event.target.value });
          }}
        />
        {draft.nature === 'dues' && (
          <Check
            label={t('batches.field_elected')}
            isChecked={draft.elected === 'yes'}
            onCheck={(isChecked) => {
              change({ elected: isChecked ? 'yes' : '' });
            }}
          />
        )}
        {recipient.envelopes.length > 0 && (
          <Select
            label={t('by.envelope')}
            value={draft.envelope}
            error={fields.shares?.[0]}
            options={[
              { value: '', label: recipient.name },
              ...recipient.envelopes.map((each) => ({ value: each.code, label: each.name })),
            ]}
            onChange={(event) => {
              change({ envelope: event.target.value });
            }}
          />
        )}
      </div>
      {write.isError && Object.keys(fields).length === 0 && (
        <Trouble error={write.error} kept={t('batches.typed_kept')} />
      )}
      <div className="buttons">
        <button type="submit" className="button" disabled={write.isPending}>
          {t(row ? 'batches.keep_change' : 'batches.add')}
        </button>
        {row && (
          <button
            type="button"
            className="button line"
            onClick={() => {
              void forget();
              onDone();
            }}
          >
            {t('batches.leave')}
          </button>
        )}
        <span className="keys">
          <kbd>{t('common:keys.enter')}</kbd> {t('batches.enter_adds')}
        </span>
        <span className="note" role="status">
          {told}
        </span>
      </div>
    </form>
  );
}
