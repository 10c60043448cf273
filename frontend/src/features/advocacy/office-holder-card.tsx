import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfficeHolder } from '@/api/shapes';
import { Face } from '@/entities/person/face';
import { KeptNote } from '@/ui/kept-note';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { officeHolderKept, officeHolderQuery } from './api';
import { officeOf } from './office-of';

interface Props {
  /** The code of the place. */
  area: string;
  isSmall?: boolean;
  /** Whom the network meets there, in its own word: "senator". */
  office?: string;
}

/** Who sits for a place: name, group, since when, and how to reach the office. */
export function OfficeHolderCard({ area, isSmall = false, office }: Props) {
  const { t } = useTranslation('common');
  const { data, isPending, isError, error, refetch } = useQuery(officeHolderQuery(area));
  if (isPending) return <Skeleton lines={2} />;
  if (isError) return <Trouble error={error} retry={() => void refetch()} />;
  if (!data) return <p className="muted">{t(office ? 'office_holder.none_of' : 'office_holder.none', { office })}</p>;
  return (
    <HolderFacts holder={data} isSmall={isSmall} office={office}>
      <KeptNote name={officeHolderKept(area)} />
    </HolderFacts>
  );
}

interface FactsProps {
  holder: OfficeHolder;
  isSmall?: boolean;
  office?: string | undefined;
  children?: ReactNode;
}

/** What is public of somebody who sits. */
export function HolderFacts({ holder, isSmall = false, office, children }: FactsProps) {
  const { t } = useTranslation('common');
  return (
    <div className="person">
      <Face name={holder.full_name} isSmall={isSmall} />
      <div>
        <b>{holder.full_name}</b>
        {office && <p>{officeOf(office, holder.civility)}</p>}
        {holder.group && <p>{holder.group.name}</p>}
        {holder.offices.map((held) => (
          <p key={held} lang="fr">
            {held}
          </p>
        ))}
        <p>
          {holder.since && t('office_holder.since', { year: holder.since.slice(0, 4) })}
          {holder.office_email && (
            <>
              {holder.since && '. '}
              <a href={`mailto:${holder.office_email}`}>{t('office_holder.write')}</a>
            </>
          )}
        </p>
        {children}
      </div>
    </div>
  );
}
