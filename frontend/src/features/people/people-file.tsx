import { useTranslation } from 'react-i18next';
import { ReasonedFile } from '@/entities/person/reasoned-file';
import { exportPeople } from './api';

/** The list as it is narrowed, taken away as a file for a typed reason. */
export function PeopleFile({ filters }: { filters: Record<string, string> }) {
  const { t } = useTranslation('organiser');
  return (
    <ReasonedFile
      word={t('people.export')}
      said={t('people.export_why')}
      take={(reason) => exportPeople({ reason, filters })}
      name="people.csv"
    />
  );
}
