import type { CSSProperties } from 'react';

interface Props {
  /** Share that is inked, 0 to 1. */
  done: number;
  /** Share up to which ticks are half inked, 0 to 1. */
  begun?: number;
  /** The same in words, with its figures. */
  label: string;
  weight?: 'quiet' | 'thick';
}

export function Ticks({ done, begun, label, weight }: Props) {
  const style = {
    '--p': `${(done * 100).toFixed(1)}%`,
    ...(begun === undefined ? {} : { '--q': `${(begun * 100).toFixed(1)}%` }),
  };
  return (
    <span
      className={weight ? `ticks ${weight}` : 'ticks'}
      style={style as CSSProperties}
      role="img"
      aria-label={label}
    />
  );
}
