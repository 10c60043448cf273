import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const WIDTHS = ['82%', '64%', '73%', '58%', '78%', '49%'];

/** Still grey lines while something comes; after ten seconds, a sentence. */
export function Skeleton({ lines = 4 }: { lines?: number }) {
  const { t } = useTranslation('common');
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setLong(true);
    }, 10_000);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  return (
    <div className="skeleton" role="status">
      <span className="sr-only">{t('loading')}</span>
      {Array.from({ length: lines }, (_, line) => (
        <i key={line} style={{ width: WIDTHS[line % WIDTHS.length] }} />
      ))}
      {isLong && <p className="note">{t('loading_long')}</p>}
    </div>
  );
}
