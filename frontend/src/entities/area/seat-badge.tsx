import { useTranslation } from 'react-i18next';
import type { SeatState } from '@/api/shapes';

/** A seat's state: square, pattern, word. */
export function SeatBadge({ state }: { state: SeatState }) {
  const { t } = useTranslation('common');
  return <span className={`state is-${state}`}>{t(`seat.${state}`)}</span>;
}
