const ORDINAL = /(?<=\d)(re|er|e|ère|ème|st|nd|rd|th)(?![\p{L}\d])/u;

/** Text with its ordinals raised: « Drôme, 3e » as 3ᵉ. What a screen reader says is the text as it was. */
export function Raised({ text }: { text: string }) {
  // Split by what it captures: every second piece is an ordinal's ending.
  return text.split(ORDINAL).map((piece, index) => (index % 2 ? <sup key={index}>{piece}</sup> : piece));
}
