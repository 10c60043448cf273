import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { asProblem } from '@/api/problem';
import type { DonationCard, DonorStanding } from '@/api/shapes';
import { number } from '@/lib/format';
import { Dialog } from '@/ui/dialog';
import { Field } from '@/ui/field';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { correctDonor, donorQuery, touchedByCorrection } from './correct-donor-api';

const WORDS = [
  'honorific',
  'given_name',
  'family_name',
  'born_on',
  'nationality',
  'address_lines',
  'postcode',
  'city',
  'country',
] as const;
type Word = (typeof WORDS)[number];
const MORE: Partial<Record<Word, Record<string, unknown>>> = {
  born_on: { type: 'date' },
  nationality: { maxLength: 2 },
  address_lines: { rows: 2 },
  country: { maxLength: 2 },
};

/** Put right what the donor of a donation declared. */
export function CorrectDonor({ donation }: { donation: DonationCard }) {
  const { t } = useTranslation('money');
  const [isOpen, setOpen] = useState(false);
  const [isDone, setDone] = useState(false);
  return (
    <>
      <div className="buttons">
        <button
          type="button"
          className="button line"
          onClick={() => {
            setOpen(true);
            setDone(false);
          }}
        >
          {t('donor.correct')}
        </button>
        <p className="note" role="status">
          {isDone && t('donor.done')}
        </p>
      </div>
      {isOpen && (
        <CorrectDialog
          donation={donation}
          onDone={() => {
            setDone(true);
          }}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

interface Props {
  donation: DonationCard;
  onDone: () => void;
  onClose: () => void;
}

function CorrectDialog({ donation, onDone, onClose }: Props) {
  const { t } = useTranslation('money');
  const donor = useQuery(donorQuery(donation.id));
  return (
    <Dialog title={t('donor.correct')} onClose={onClose}>
      {donor.isPending && <Skeleton lines={6} />}
      {donor.isError && <Trouble error={donor.error} retry={() => void donor.refetch()} />}
      {donor.data?.in_open_batch && (
        <p>
          {t('donor.in_batch')} <Link to={`/desk/money/batches?fund=${donation.fund}`}>{t('books.go_there')}</Link>
        </p>
      )}
      {donor.data && !donor.data.in_open_batch && (
        <CorrectForm donation={donation} donor={donor.data} onDone={onDone} onClose={onClose} />
      )}
    </Dialog>
  );
}

/** It is filled in with what stands, so that what was put right wrongly is put back in the same way. */
function CorrectForm({ donation, donor, onDone, onClose }: Props & { donor: DonorStanding }) {
  const { t } = useTranslation('money');
  const queries = useQueryClient();
  const key = useRef(crypto.randomUUID());
  const [typed, setTyped] = useState(() => ({
    ...(Object.fromEntries(WORDS.map((name) => [name, donor[name] ?? ''])) as Record<Word, string>),
    reason: '',
  }));
  const [after] = useState(donor.corrections);
  const correct = useMutation({
    mutationFn: () =>
      correctDonor(
        donation.id,
        {
          ...typed,
          born_on: typed.born_on || null,
          nationality: typed.nationality.toUpperCase(),
          country: typed.country.toUpperCase(),
          after,
        },
        key.current,
      ),
    onSuccess: async () => {
      onDone();
      onClose();
      await Promise.all(touchedByCorrection(donation.id).map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  });
  const wrong = correct.isError ? asProblem(correct.error).fields : {};
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    correct.mutate();
  }
  const field = (name: Word | 'reason', more: Record<string, unknown> = {}) => (
    <Field
      key={name}
      value={typed[name]}
      error={wrong[name]?.[0]}
      autoComplete="off"
      label={t(name === 'reason' ? 'back.reason' : `batches.field_${name}`)}
      {...more}
      onChange={(event) => {
        setTyped((before) => ({ ...before, [name]: event.target.value }));
      }}
    />
  );
  return (
    <form className="fields" onSubmit={onSubmit} noValidate>
      <p>{t('donor.why')}</p>
      <ul className="plain">
        <li>{t('donor.donations', { count: donor.donations, number: number(donor.donations) })}</li>
        {donor.monthly > 0 && <li>{t('donor.monthly')}</li>}
        {donor.receipts > 0 && (
          <li>{t('donor.receipts', { count: donor.receipts, number: number(donor.receipts) })}</li>
        )}
        {donor.transmitted > 0 && (
          <li>{t('donor.transmitted', { count: donor.transmitted, number: number(donor.transmitted) })}</li>
        )}
        <li>{t(donor.is_told ? 'donor.told' : 'donor.not_told')}</li>
      </ul>
      {WORDS.filter((name) => donor.correctable.includes(name)).map((name) => field(name, MORE[name]))}
      {field('reason', { hint: t('donor.reason_why'), maxLength: 300 })}
      {correct.isError && Object.keys(wrong).length === 0 && <Trouble error={correct.error} kept={t('fund.kept')} />}
      <div className="buttons">
        <button type="submit" className="button" disabled={correct.isPending}>
          {t('donor.do')}
        </button>
        <button type="button" className="button line" onClick={onClose}>
          {t('batches.leave')}
        </button>
      </div>
    </form>
  );
}
