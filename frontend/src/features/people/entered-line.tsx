import { useTranslation } from 'react-i18next';
import type { EnteredApplication } from '@/api/shapes';
import { instant } from '@/lib/format';
import { Raised } from '@/ui/raised';

/** What became of an application on paper: the hours run, or somebody looks first. */
export function EnteredLine({ entered }: { entered: EnteredApplication }) {
  const { t } = useTranslation('member');
  return (
    <Raised
      text={
        entered.call_before
          ? t('enter.asked', {
              place: entered.seat.name,
              number: entered.paper_number,
              before: instant(entered.call_before),
            })
          : t('enter.asked_held', { place: entered.seat.name, number: entered.paper_number })
      }
    />
  );
}
