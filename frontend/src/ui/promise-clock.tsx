import { useTranslation } from 'react-i18next';
import { duration, instant } from '@/lib/format';
import { useNow } from '@/lib/use-now';
import { Raised } from './raised';
import { Ticks } from './ticks';

interface Props {
  startedAt: string;
  dueAt: string;
  /** When a human called; the clock then stands still. */
  keptAt?: string | null | undefined;
}

/** The 48 hours of a promised human contact, one tick an hour. */
export function PromiseClock({ startedAt, dueAt, keptAt }: Props) {
  const { t } = useTranslation('common');
  const now = useNow();
  const start = Date.parse(startedAt);
  const due = Date.parse(dueAt);
  const at = keptAt ? Date.parse(keptAt) : now;
  const share = Math.min(1, Math.max(0, (at - start) / (due - start)));
  const isMissed = at > due;
  const sentence = keptAt
    ? t('promise.kept', { after: duration(at - start) })
    : isMissed
      ? t('promise.missed', { by: duration(at - due) })
      : t('promise.running', { left: duration(due - at), due: instant(dueAt) });
  return (
    <div className={isMissed ? 'promise is-missed' : 'promise'}>
      <Ticks done={share} label={sentence} />
      <div aria-hidden="true">
        <span>{t('promise.asked')}</span>
        <span>{t('promise.end')}</span>
      </div>
      <p>
        <Raised text={sentence} />
      </p>
    </div>
  );
}
