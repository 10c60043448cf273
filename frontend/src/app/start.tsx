import { useQuery } from '@tanstack/react-query';
import { Navigate } from 'react-router';
import { meQuery } from '@/entities/person/me';

/** Organisers begin at their desk, administrators with the settings, everyone else with today. */
export function Start() {
  const { data } = useQuery(meQuery);
  return (
    <Navigate
      to={data?.abilities.organise ? '/desk/seats' : data?.abilities.administer ? '/desk/settings' : '/today'}
      replace
    />
  );
}
