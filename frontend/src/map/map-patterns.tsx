/** The fills that say a state without its colour; once on a page, before its maps. `scale` fits them to the drawing's own unit. */
export function MapPatterns({ scale = 1 }: { scale?: number }) {
  const turned = `scale(${scale}) rotate(45)`;
  return (
    <svg width="0" height="0" style={{ position: 'absolute' }} aria-hidden="true" focusable="false">
      <defs>
        <pattern id="pattern-stand_in" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform={turned}>
          <rect width="5" height="5" fill="var(--stand-in)" />
          <rect width="1.4" height="5" fill="var(--stand-in-2)" />
        </pattern>
        <pattern
          id="pattern-applied"
          width="5"
          height="5"
          patternUnits="userSpaceOnUse"
          patternTransform={`scale(${scale})`}
        >
          <rect width="5" height="5" fill="var(--applied)" />
          <circle cx="2.5" cy="2.5" r="1" fill="var(--applied-2)" />
        </pattern>
        <pattern id="pattern-dormant" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform={turned}>
          <rect width="7" height="7" fill="var(--dormant)" />
          <path d="M0 .5H7M.5 0V7" stroke="var(--dormant-2)" strokeWidth=".9" />
        </pattern>
        <pattern id="pattern-accepted" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform={turned}>
          <rect width="9" height="9" fill="var(--accepted)" />
          <rect width="2.6" height="9" fill="var(--accepted-2)" />
        </pattern>
        <pattern
          id="pattern-no_answer"
          width="9"
          height="9"
          patternUnits="userSpaceOnUse"
          patternTransform={`scale(${scale})`}
        >
          <rect width="9" height="9" fill="var(--waiting)" />
          <circle cx="4.5" cy="4.5" r="1.7" fill="var(--waiting-2)" />
        </pattern>
        <pattern id="pattern-empty" width="11" height="11" patternUnits="userSpaceOnUse" patternTransform={turned}>
          <rect width="11" height="11" fill="var(--empty)" />
          <rect width="1.8" height="11" fill="var(--empty-2)" />
        </pattern>
      </defs>
    </svg>
  );
}
