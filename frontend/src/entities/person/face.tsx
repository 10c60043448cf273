import { initials } from './initials';

interface Props {
  name: string;
  isSmall?: boolean;
  /** The path of a photo that this person chose to show; none: their initials. */
  photo?: string;
}

/** Initials in a square, or the photo that somebody chose to show, beside a name. */
export function Face({ name, isSmall, photo }: Props) {
  const className = isSmall ? 'face small' : 'face';
  if (photo) return <img className={className} src={photo} alt="" />;
  return (
    <span className={className} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
