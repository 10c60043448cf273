import { useId } from 'react';

interface Props {
  label: string;
  isChecked: boolean;
  error?: string | undefined;
  onCheck: (isChecked: boolean) => void;
}

/** A box to tick, and what is wrong with it: heard with the box, too. */
export function Check({ label, isChecked, error, onCheck }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label className="check">
        <input
          type="checkbox"
          checked={isChecked}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? id : undefined}
          onChange={(event) => {
            onCheck(event.target.checked);
          }}
        />
        <span>{label}</span>
      </label>
      {error && (
        <p className="error" id={id}>
          {error}
        </p>
      )}
    </div>
  );
}
