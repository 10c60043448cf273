import './advocacy.css';
import { useTranslation } from 'react-i18next';
import { type StanceName, stanceName } from '@/entities/stance/words';

const TICKS = 41;

interface Props {
  title: string;
  /** Null while it is unknown. */
  stance: number | null;
}

/** A stance as one thick tick on a line of thin ones, from against to for; the same in words beside it. */
export function StanceLine({ title, stance }: Props) {
  const { t } = useTranslation('advocacy');
  const name: StanceName | 'unknown' = stance === null ? 'unknown' : stanceName(stance);
  return (
    <div className="stance-line">
      <div className="ends" aria-hidden="true">
        <span>{t('scale_against')}</span>
        <span>{t('scale_for')}</span>
      </div>
      <svg
        viewBox={`0 0 ${TICKS * 5} 26`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('scale', { title, stance: t(`state.${name}`) })}
      >
        {Array.from({ length: TICKS }, (_, at) => (
          <line key={at} x1={at * 5 + 2} x2={at * 5 + 2} y1="6" y2="20" />
        ))}
        {stance !== null && (
          <line className="here" x1={(stance + 2) * 50 + 2} x2={(stance + 2) * 50 + 2} y1="0" y2="26" />
        )}
      </svg>
    </div>
  );
}
