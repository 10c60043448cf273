import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { LedgerRow } from '@/api/shapes';
import { ReasonedFile } from '@/entities/person/reasoned-file';
import { Raised } from '@/ui/raised';
import { takeHeld } from './ledger-api';
import { ownCardQuery } from './api';
import { HolderFacts } from './office-holder-card';
import { WhatWeKnow } from './what-we-know';

interface Props {
  row: LedgerRow;
  /** The subject that is looked at. */
  subject: string;
}

/** One MP: who they are, where they stand on each subject and by what, each contact, and what to do. */
export function MpPanel({ row, subject }: Props) {
  const { t } = useTranslation('advocacy');
  const { id, full_name } = row.office_holder;
  const card = useQuery(ownCardQuery(id));
  return (
    <div className="pane-body">
      <h2 style={{ fontSize: 'var(--t-4)' }}>{full_name}</h2>
      <p>
        <Raised text={row.seat.name} />
      </p>
      {card.data && <HolderFacts holder={card.data} isSmall />}
      <WhatWeKnow holder={id} subject={subject} />
      <div className="mp-deeds">
        {(['csv', 'json'] as const).map((form) => (
          <ReasonedFile
            key={form}
            word={t(`export_${form}`)}
            said={t('export_why')}
            take={(reason) => takeHeld({ holder: id, reason, form })}
            name={`${full_name}.${form}`}
          />
        ))}
      </div>
    </div>
  );
}
