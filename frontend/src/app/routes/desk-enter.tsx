import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EnterYes } from '@/features/people/enter-yes';
import { EnterPerson } from '@/features/people/enter-person';
import { useFilters } from '@/lib/use-filters';
import { DeskHead } from '@/ui/desk-head';

/** People met in person, entered by an organiser from the desk. */
export function DeskEnter() {
  const { t } = useTranslation('member');
  const { get } = useFilters();
  return (
    <>
      <DeskHead title={t('enter.title')}>
        <Link className="button line" to="/desk/people">
          {t('enter.back')}
        </Link>
      </DeskHead>
      <div className="desk-column">
        {get('person') ? (
          <EnterYes key={get('person')} person={get('person')} seat={get('seat')} place={get('place')} />
        ) : (
          <EnterPerson place={get('code')} />
        )}
      </div>
    </>
  );
}
