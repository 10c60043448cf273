import { useId } from 'react';

interface Props<Value extends string> {
  legend: string;
  options: readonly { value: Value; label: string; isDisabled?: boolean }[];
  value: Value | '';
  onChange: (value: Value) => void;
  /** One row of cells, for an ordered scale. */
  isScale?: boolean;
  error?: string | undefined;
}

/** A question with large answers; real radios underneath. */
export function Choices<Value extends string>({ legend, options, value, onChange, isScale, error }: Props<Value>) {
  const name = useId();
  return (
    <fieldset className="group" aria-describedby={error ? `${name}-error` : undefined}>
      <legend>{legend}</legend>
      <div className={isScale ? 'choices scale' : 'choices'}>
        {options.map((option) => (
          <div key={option.value}>
            <input
              type="radio"
              id={`${name}-${option.value}`}
              name={name}
              checked={option.value === value}
              disabled={option.isDisabled}
              onChange={() => {
                onChange(option.value);
              }}
            />
            <label htmlFor={`${name}-${option.value}`}>{option.label}</label>
          </div>
        ))}
      </div>
      {error && (
        <p className="error" id={`${name}-error`}>
          {error}
        </p>
      )}
    </fieldset>
  );
}
