import type { ReactNode } from 'react';

/** Nothing here yet: what is missing, the nearest thing that exists, and one way on. `isPage`: nothing else stands on the page. */
export function Blank({ title, isPage, children }: { title: string; isPage?: boolean; children?: ReactNode }) {
  const Heading = isPage ? 'h1' : 'h3';
  return (
    <div className="blank">
      <Heading>{title}</Heading>
      {children}
    </div>
  );
}
