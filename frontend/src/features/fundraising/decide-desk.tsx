import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecipientKept } from '@/api/shapes';
import { number } from '@/lib/format';
import { useFilters } from '@/lib/use-filters';
import { DeskHead } from '@/ui/desk-head';
import { DecideDifferences } from './decide-differences';
import { DecideDisputes } from './decide-disputes';
import { DecideExcesses } from './decide-excesses';
import { DecideHeld } from './decide-held';
import { DecideNear } from './decide-near';
import { RecipientPage } from './recipient-page';
import { treasuryQuery } from './treasury-api';

/** In the order of what cannot wait: a bank lets a card go, then a dispute; nothing happens to the others by itself. */
const KINDS = ['held', 'disputes', 'differences', 'excesses', 'near'] as const;

/** Everything that waits for the treasurer's word, kind by kind. */
export function DecideDesk() {
  return <RecipientPage>{(recipient) => <Decide key={recipient.code} recipient={recipient} />}</RecipientPage>;
}

function Decide({ recipient }: { recipient: RecipientKept }) {
  const { t } = useTranslation('money');
  const { get, set } = useFilters();
  const near = useQuery(treasuryQuery).data?.near_identities ?? 0;
  const counts = { ...recipient, near };
  const total = KINDS.reduce((sum, kind) => sum + counts[kind], 0);
  // Once chosen it stays: after the last decision of a kind its answer is still read, and taken back, there.
  const [first] = useState(() => KINDS.find((kind) => counts[kind] > 0) ?? 'held');
  const what = KINDS.find((kind) => kind === get('what')) ?? first;
  return (
    <>
      <DeskHead
        title={total > 0 ? t('decide.waiting', { count: total, number: number(total) }) : t('decide.nothing_waits')}
        lead={t('decide.why', { name: recipient.name })}
      />
      <div className="filters" role="group" aria-label={t('decide.what')}>
        {KINDS.map((kind) => (
          <button
            key={kind}
            type="button"
            className="chip"
            aria-pressed={kind === what}
            onClick={() => {
              set({ what: kind, stand: null, one: null });
            }}
          >
            {t(`decide.kind.${kind}`)} {counts[kind] > 0 && <small>{number(counts[kind])}</small>}
          </button>
        ))}
      </div>
      {what === 'held' && <DecideHeld recipient={recipient} />}
      {what === 'disputes' && <DecideDisputes recipient={recipient} />}
      {what === 'differences' && <DecideDifferences recipient={recipient} />}
      {what === 'excesses' && <DecideExcesses recipient={recipient} />}
      {what === 'near' && <DecideNear currency={recipient.currency} />}
    </>
  );
}
