/** The fills that say a state without its colour; once on a page, before its maps. `scale`: how many units of the drawing are one px. */
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
        <pattern id="pattern-dormant" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform={turned}>
          <rect width="6" height="6" fill="var(--dormant)" />
          <path d="M0 .5H6M.5 0V6" stroke="var(--dormant-2)" strokeWidth=".9" />
        </pattern>
        <pattern id="pattern-accepted" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform={turned}>
          <rect width="5" height="5" fill="var(--accepted)" />
          <rect width="1.6" height="5" fill="var(--accepted-2)" />
        </pattern>
        <pattern
          id="pattern-no_answer"
          width="4"
          height="4"
          patternUnits="userSpaceOnUse"
          patternTransform={`scale(${scale})`}
        >
          <rect width="4" height="4" fill="var(--waiting)" />
          <circle cx="2" cy="2" r=".9" fill="var(--waiting-2)" />
        </pattern>
        <pattern
          id="pattern-neighbour"
          width="5"
          height="5"
          patternUnits="userSpaceOnUse"
          patternTransform={`scale(${scale})`}
        >
          <rect width="5" height="5" fill="var(--neighbour-2)" />
          <rect width="5" height="2.2" fill="var(--neighbour)" />
        </pattern>
        <pattern id="pattern-empty" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform={turned}>
          <rect width="5" height="5" fill="var(--empty)" />
          <rect width=".8" height="5" fill="var(--empty-2)" />
        </pattern>
      </defs>
    </svg>
  );
}
