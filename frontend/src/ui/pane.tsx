import { type ReactNode, useId } from 'react';

interface Props {
  title: ReactNode;
  /** A few words at the end of its first line. */
  note?: ReactNode;
  /** Where it stands among its neighbours. */
  className?: string;
  children: ReactNode;
}

/** A part of a desk under its own title. */
export function Pane({ title, note, className = '', children }: Props) {
  const id = useId();
  return (
    <section className={`pane ${className}`} aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {note && <span className="note">{note}</span>}
      </header>
      {children}
    </section>
  );
}
