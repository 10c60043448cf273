import { useTranslation } from 'react-i18next';
import { useKeptAt } from '@/api/kept';
import { instant } from '@/lib/format';
import { Raised } from './raised';

/** Said over what was kept on this device: it may have changed since. */
export function KeptNote({ name }: { name: string }) {
  const { t } = useTranslation('common');
  const at = useKeptAt(name);
  return at ? (
    <p className="notice whole" role="status">
      <Raised text={t('kept_at', { at: instant(at) })} />
    </p>
  ) : null;
}
