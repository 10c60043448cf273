import { useTranslation } from 'react-i18next';
import type { ImportRead } from '@/api/shapes';
import { instant, number } from '@/lib/format';
import { Pane } from '@/ui/pane';

const STATES = ['confirmed', 'asked', 'waiting', 'passed_over'] as const;

/** How far the owners of a file's e-mail addresses were asked, and until when they are; nothing where nobody waits. */
export function ImportAsked({ row }: { row: ImportRead }) {
  const { t } = useTranslation('organiser');
  const { addresses } = row;
  if (STATES.every((state) => addresses[state] === 0)) return null;
  return (
    <Pane title={t('import.asked_title')}>
      <div className="pane-body">
        <ul className="figures">
          {STATES.filter((state) => state !== 'passed_over' || addresses[state] > 0).map((state) => (
            <li key={state}>
              <b>{number(addresses[state])}</b>
              <span>{t(`import.asked_${state}`)}</span>
            </li>
          ))}
        </ul>
        <p>{t('import.asked_why')}</p>
        {addresses.last_asked_at && addresses.asked_from && (
          <p>
            {addresses.asked + addresses.confirmed === 0 && (
              <>{t('import.asked_first', { at: instant(addresses.asked_from) })} </>
            )}
            {t('import.asked_last', { at: instant(addresses.last_asked_at) })}
          </p>
        )}
      </div>
    </Pane>
  );
}
