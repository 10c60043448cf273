import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
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
    <div className="person">
      <Face name={data.full_name} isSmall={isSmall} />
      <div>
        <b>{data.full_name}</b>
        {office && <p>{officeOf(office, data.civility)}</p>}
        {data.group && <p>{data.group.name}</p>}
        {data.offices.map((held) => (
          <p key={held} lang="fr">
            {held}
          </p>
        ))}
        <p>
          {t('office_holder.since', { year: data.since.slice(0, 4) })}
          {data.office_email && (
            <>
              {'. '}
              <a href={`mailto:${data.office_email}`}>{t('office_holder.write')}</a>
            </>
          )}
        </p>
        <KeptNote name={officeHolderKept(area)} />
      </div>
    </div>
  );
}
