import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  label: string;
  /** What to do while nothing is chosen. */
  title: string;
  why: string;
  /** The list beside it is walked through with J and K. */
  isWalked?: boolean;
  /** The chosen thing; null while nothing is. */
  children: ReactNode;
}

/** The one panel beside a list: what is chosen there, or how to choose, which a telephone leaves out. */
export function SidePanel({ label, title, why, isWalked, children }: Props) {
  const { t } = useTranslation('common');
  const isChosen = children !== null && children !== undefined;
  return (
    <aside className={isChosen ? 'pane in-panel' : 'pane in-panel is-unchosen'} aria-label={label} aria-live="polite">
      {isChosen ? (
        children
      ) : (
        <div className="pane-body">
          <h2>{title}</h2>
          <p className="muted">
            {why} {isWalked && <span className="keys">{t('keys.choose')}</span>}
          </p>
        </div>
      )}
    </aside>
  );
}
