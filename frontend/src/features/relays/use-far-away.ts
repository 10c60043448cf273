import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { number } from '@/lib/format';

/** How far somebody is from a seat, in words: there, under a kilometre, so many; empty where nobody knows. */
export function useFarAway() {
  const { t } = useTranslation('organiser');
  return useCallback(
    (metres: number | null, isHere = false) => {
      if (metres === null) return isHere ? t('filling.lives_here') : '';
      if (metres === 0) return t('filling.lives_here');
      return metres < 1000 ? t('filling.under_a_km') : t('filling.km', { km: number(Math.round(metres / 1000)) });
    },
    [t],
  );
}
