import { useTranslation } from 'react-i18next';
import type { Organisation } from '@/api/shapes';
import { Pane } from '@/ui/pane';

/** What else must be so before the public comes in, each with the way to where it is done; nothing where all of it is. */
export function OrganisationConditions({ house }: { house: Organisation }) {
  const { t } = useTranslation('organiser');
  const left = house.conditions.filter((condition) => !condition.is_met);
  if (left.length === 0) return null;
  return (
    <Pane title={t('settings.conditions')}>
      <div className="pane-body">
        <p className="muted">{t('settings.conditions_why')}</p>
        <ul className="list">
          {left.map((condition) => (
            <li key={condition.name}>
              {condition.text} <a href={`/app${condition.done_at}`}>{t('settings.conditions_go')}</a>
            </li>
          ))}
        </ul>
      </div>
    </Pane>
  );
}
