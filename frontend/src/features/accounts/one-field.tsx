import { type FormEvent, type InputHTMLAttributes, type ReactNode, useState } from 'react';
import { Field } from '@/ui/field';

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onSubmit' | 'value' | 'onChange'> {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  /** The words of the button. */
  act: string;
  isBusy: boolean;
  onSubmit: (value: string) => void;
  /** Beside the button. */
  children?: ReactNode;
}

/** A form of one field, which most steps of signing in are. */
export function OneField({ label, hint, error, act, isBusy, onSubmit, children, ...input }: Props) {
  const [value, setValue] = useState('');
  return (
    <form
      className="fields"
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        onSubmit(input.type === 'password' ? value : value.trim());
      }}
    >
      <Field
        {...input}
        label={label}
        hint={hint}
        error={error}
        required
        value={value}
        onChange={(event) => {
          setValue(event.target.value);
        }}
      />
      <div className="buttons">
        <button className="button" type="submit" disabled={isBusy}>
          {act}
        </button>
        {children}
      </div>
    </form>
  );
}
