import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { OrganisationConditions } from '@/features/people/organisation-conditions';
import { OrganisationForm } from '@/features/people/organisation-form';
import { OrganisationOpening } from '@/features/people/organisation-opening';
import { organisationQuery } from '@/features/people/organisation-api';
import { NetworkOpening } from '@/features/relays/network-opening';
import { SafetyContacts } from '@/features/relays/safety-contacts';
import { day } from '@/lib/format';
import { DeskHead } from '@/ui/desk-head';
import { ListBody } from '@/ui/list-body';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';

/** The first run, and the same screen ever after: who runs this site, its net, and whether the public may come in. */
export function DeskSettings() {
  const { t } = useTranslation('organiser');
  const house = useQuery(organisationQuery);
  const found = house.data;
  const lacks = found?.missing.map((field) => t(`settings.lacks_${field}`)).join(', ');
  return (
    <ListBody list={house} blank={null}>
      {found && (
        <>
          <DeskHead
            title={t(found.opened_at ? 'settings.title_open' : 'settings.title_closed')}
            lead={
              found.opened_at ? (
                <>
                  <Raised text={t('settings.open_since', { day: day(found.opened_at) })} />
                  {lacks && ` ${t('settings.lacks_open', { lacks })}`}
                </>
              ) : lacks ? (
                t('settings.lacks', { lacks })
              ) : found.conditions.every((condition) => condition.is_met) ? (
                t('settings.ready')
              ) : (
                t('settings.nearly')
              )
            }
          >
            <OrganisationOpening house={found} />
          </DeskHead>
          <OrganisationConditions house={found} />
          <OrganisationForm house={found} />
          <SafetyContacts onNamed={() => void house.refetch()} />
          <div className="side-by-side">
            <NetworkOpening
              languages={found.is_described ? found.languages : []}
              country={
                found.is_described ? found.countries.find((country) => country.code === found.country) : undefined
              }
            />
            <Pane title={t('roles.title')}>
              <div className="pane-body">
                <p className="muted">{t('roles.next')}</p>
                <p>
                  <Link to="/desk/roles">{t('roles.go')}</Link>
                </p>
              </div>
            </Pane>
          </div>
        </>
      )}
    </ListBody>
  );
}
