import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CompanionKind, Newcomer } from '@/api/shapes';
import { day } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { careQueries, proposeCompanion } from './care-api';

const KINDS: readonly CompanionKind[] = ['facilitator', 'buddy'];

/** A newcomer who has nobody yet, and those who agreed beforehand and could be proposed. */
export function NewcomerLine({ newcomer }: { newcomer: Newcomer }) {
  const { t } = useTranslation('organiser');
  const [isOpen, setOpen] = useState(false);
  return (
    <li>
      <div>
        <h3>
          <Raised text={newcomer.place} />
        </h3>
        <p>
          {newcomer.name}, <Raised text={t('care.began', { day: day(newcomer.starts_at) })} />
        </p>
        <p>
          {KINDS.map((kind) =>
            t('care.one', { what: t(`care.${kind}`), state: t(`care.is_${newcomer[kind] || 'none'}`) }),
          ).join(' ')}
        </p>
      </div>
      <button
        type="button"
        className="button line"
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        {t('care.propose')} <span className="sr-only">{newcomer.name}</span>
      </button>
      {isOpen && (
        <div className="under">
          <Candidates newcomer={newcomer} />
        </div>
      )}
    </li>
  );
}

function Candidates({ newcomer }: { newcomer: Newcomer }) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const found = useQuery(careQueries.candidates(newcomer.term_id));
  const propose = useMutation({
    mutationFn: proposeCompanion,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['relays', 'newcomers'] }),
  });
  if (found.isPending) return <Skeleton lines={2} />;
  if (found.isError) return <Trouble error={found.error} retry={() => void found.refetch()} />;
  const candidates = KINDS.flatMap((kind) => found.data[kind].map((each) => ({ ...each, kind })));
  return (
    <>
      {candidates.length === 0 && <p className="muted">{t('care.nobody')}</p>}
      <ul className="list">
        {candidates.map(({ kind, person, given_name, place, accompanies }) => (
          <li key={kind + person}>
            <Raised
              text={t('care.candidate', { name: given_name, place, kind: t(`care.${kind}`), count: accompanies })}
            />{' '}
            <button
              type="button"
              className="button bare"
              disabled={propose.isPending}
              onClick={() => {
                propose.mutate({ term: newcomer.term_id, kind, person });
              }}
            >
              {t('care.propose_one', { name: given_name })}
            </button>
          </li>
        ))}
      </ul>
      {propose.isError && <Trouble error={propose.error} />}
      <p className="note" role="status">
        {propose.isSuccess ? t('care.proposed') : t('care.free')}
      </p>
    </>
  );
}
