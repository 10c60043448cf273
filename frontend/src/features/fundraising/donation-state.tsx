import { useTranslation } from 'react-i18next';
import type { DonationState as State } from '@/api/shapes';

/** The swatch of each state: ink once the money is there, hatched and dotted on its way, warm where the treasurer is waited for. */
const SWATCH: Record<State, string> = {
  settled: 'is-filled',
  processing: 'is-stand_in',
  confirming: 'is-applied',
  started: 'is-applied',
  held: 'is-vacant',
  failed: 'is-dormant',
  ended: 'is-dormant',
};

/** Where a donation stands, in tone, pattern and word. */
export function DonationState({ state }: { state: State }) {
  const { t } = useTranslation('money');
  return <span className={`state ${SWATCH[state]}`}>{t(`state.${state}`)}</span>;
}
