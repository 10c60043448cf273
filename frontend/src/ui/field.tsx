import { type ComponentProps, type ReactNode, useEffect, useId } from 'react';

interface Common {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
}
type Props = Common & (({ rows: number } & ComponentProps<'textarea'>) | ({ rows?: never } & ComponentProps<'input'>));

/** Whether somebody types or chooses somewhere: the focus is then theirs. */
const isTyping = () => document.activeElement?.matches('input, textarea, select, [contenteditable]') ?? false;

/** A label, why it is asked, the field, and what is wrong with it: the first that is wrong takes the focus that the button had. */
export function Field({ label, hint, error, ...rest }: Props) {
  const id = useId();
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  const shared = {
    id,
    className: 'input',
    'aria-invalid': error ? true : undefined,
    'aria-describedby': described || undefined,
  } as const;
  const isWrong = Boolean(error);
  useEffect(() => {
    if (isWrong && !isTyping()) document.getElementById(id)?.focus();
  }, [isWrong, id]);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {rest.rows === undefined ? <input {...rest} {...shared} /> : <textarea {...rest} {...shared} />}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
