import type { ReactNode } from 'react';

/** The title of a screen, a line under it, and its buttons. */
export function DeskHead({ title, lead, children }: { title: ReactNode; lead?: ReactNode; children?: ReactNode }) {
  return (
    <header className="desk-head">
      <div>
        <h1>{title}</h1>
        {lead && <p>{lead}</p>}
      </div>
      {children && <div className="buttons">{children}</div>}
    </header>
  );
}
