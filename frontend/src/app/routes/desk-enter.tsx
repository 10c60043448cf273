import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EnterPerson } from '@/features/people/enter-person';
import { DeskHead } from '@/ui/desk-head';

/** People met in person, entered by an organiser from the desk. */
export function DeskEnter() {
  const { t } = useTranslation('member');
  return (
    <>
      <DeskHead title={t('enter.title')}>
        <Link className="button line" to="/desk/people">
          {t('enter.back')}
        </Link>
      </DeskHead>
      <div className="desk-column">
        <EnterPerson place="" />
      </div>
    </>
  );
}
