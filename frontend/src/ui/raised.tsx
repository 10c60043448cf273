const ORDINAL = /(\d)(re|er|e|ère|ème|st|nd|rd|th)(?![\p{L}])/u;

/** Text with its ordinals raised: « Drôme, 3e » as 3ᵉ. */
export function Raised({ text }: { text: string }) {
  const match = ORDINAL.exec(text);
  if (!match) return text;
  const end = match.index + match[0].length;
  return (
    <>
      {text.slice(0, match.index + 1)}
      <sup>{match[2]}</sup>
      {text.slice(end)}
    </>
  );
}
