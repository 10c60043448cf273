import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { actionQueries } from './api';

/** Seats by name, once somebody wants to read them. */
export function SeatsNamed({ action, codes }: { action: string; codes: readonly string[] }) {
  const { t } = useTranslation('organiser');
  const [isOpen, setOpen] = useState(false);
  const seats = useQuery({ ...actionQueries.seats(action), enabled: isOpen });
  const names = new Map(seats.data?.items.map(({ code, name }) => [code, name]));
  return (
    <details
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>{t('clashes.which', { count: codes.length })}</summary>
      {isOpen && seats.isPending && <Skeleton lines={2} />}
      {isOpen && seats.isError && <Trouble error={seats.error} retry={() => void seats.refetch()} />}
      {isOpen && seats.data && (
        <ul className="rows">
          {codes.map((code) => (
            <li key={code}>
              <Raised text={names.get(code) ?? code} />
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
