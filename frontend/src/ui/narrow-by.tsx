interface Props {
  label: string;
  /** What stands where nothing is chosen. */
  any: string;
  value: string;
  options: readonly (readonly [value: string, word: string])[];
  onChange: (value: string) => void;
}

/** By what a list is narrowed: one of a short list, or any. */
export function NarrowBy({ label, any, value, options, onChange }: Props) {
  return (
    <label>
      <span>{label}</span>
      <select
        className="input"
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      >
        <option value="">{any}</option>
        {options.map(([each, word]) => (
          <option key={each} value={each}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}
