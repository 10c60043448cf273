import { useTranslation } from 'react-i18next';
import { number } from '@/lib/format';

/** A number, and in small how many there were in the span before. */
export function Compared({ now, before }: { now: number; before: number }) {
  const { t } = useTranslation('organiser');
  return (
    <>
      {number(now)}{' '}
      <small className="note compared" title={t('insights.before')}>
        <span className="sr-only">{t('insights.before')} </span>({number(before)})
      </small>
    </>
  );
}
