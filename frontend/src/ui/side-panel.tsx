import type { ReactNode } from 'react';

interface Props {
  label: string;
  /** What to do while nothing is chosen. */
  title: string;
  why: string;
  /** The chosen thing; null while nothing is. */
  children: ReactNode;
}

/** The one panel beside a list: what is chosen there, or how to choose. */
export function SidePanel({ label, title, why, children }: Props) {
  return (
    <aside className="pane in-panel" aria-label={label} aria-live="polite">
      {children ?? (
        <div className="pane-body">
          <h2>{title}</h2>
          <p className="muted">{why}</p>
        </div>
      )}
    </aside>
  );
}
