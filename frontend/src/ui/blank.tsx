import type { ReactNode } from 'react';

/** Nothing here yet: what is missing, the nearest thing that exists, and one way on. */
export function Blank({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="blank">
      <h3>{title}</h3>
      {children}
    </div>
  );
}
