import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { AppointmentForm } from '@/features/accounts/appointment-form';
import { AppointmentsDesk } from '@/features/accounts/appointments-desk';
import { organisationQuery } from '@/features/people/organisation-api';
import { DeskHead } from '@/ui/desk-head';
import { ListBody } from '@/ui/list-body';

/** Who organises, counts, moderates, protects data and administers; and one more. */
export function DeskRoles() {
  const { t } = useTranslation('organiser');
  const house = useQuery(organisationQuery);
  const found = house.data;
  const country = found?.countries.find((one) => one.code === found.country) ?? found?.countries[0];
  return (
    <>
      <DeskHead title={t('roles.title')} lead={t('roles.lead')} />
      <ListBody list={house} blank={null}>
        <div className="duo">
          <AppointmentsDesk />
          {country && <AppointmentForm key={country.code} country={country.code} kinds={country.kinds} />}
        </div>
      </ListBody>
    </>
  );
}
