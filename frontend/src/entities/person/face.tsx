import { initials } from './initials';

/** Initials in a square, beside a name. */
export function Face({ name, isSmall }: { name: string; isSmall?: boolean }) {
  return (
    <span className={isSmall ? 'face small' : 'face'} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
