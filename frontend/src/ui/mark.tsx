/** The mark of Maillage: six knots of a net around the one that is here. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path className="mark-line" d="M6 8 16 4l10 5 1 12-10 7-11-6zM6 8l10 8 10-7M16 4v12l1 12M6 22l10-6 11 5" />
      <g className="mark-knot">
        {[
          [6, 8],
          [16, 4],
          [26, 9],
          [27, 21],
          [17, 28],
          [6, 22],
        ].map(([x, y]) => (
          <circle key={`${x} ${y}`} cx={x} cy={y} r="2" />
        ))}
      </g>
      <circle className="mark-here" cx="16" cy="16" r="4" />
    </svg>
  );
}
