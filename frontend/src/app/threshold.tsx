import type { ReactNode } from 'react';
import { Mark } from '@/ui/mark';

/** A screen outside the shells: the brand, which leads to the public home, and a few lines. */
export function Threshold({ children }: { children: ReactNode }) {
  return (
    <div className="gate">
      <main id="main">
        <a className="brand" href={`/${document.documentElement.lang}/`}>
          <Mark />
          Maillage
        </a>
        {children}
      </main>
    </div>
  );
}
