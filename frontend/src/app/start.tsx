import { useQuery } from '@tanstack/react-query';
import { Navigate } from 'react-router';
import { meQuery } from '@/entities/person/me';

/** Organisers begin at their desk, administrators with the settings, treasurers with donations, everyone else with today. */
export function Start() {
  const { data } = useQuery(meQuery);
  const { organise, administer, keep_books, moderate } = data?.abilities ?? {};
  return (
    <Navigate
      to={
        organise
          ? '/desk/seats'
          : administer
            ? '/desk/settings'
            : keep_books
              ? '/desk/money/donations'
              : moderate
                ? '/desk/money/pages'
                : '/today'
      }
      replace
    />
  );
}
