import { type ReactNode, useId } from 'react';

interface Chip<Name extends string> {
  name: Name;
  content: ReactNode;
}

interface Props<Name extends string> {
  /** What the box searches; its name and its placeholder. */
  label: string;
  query: string;
  onQuery: (query: string) => void;
  chips?: readonly Chip<Name>[];
  pressed?: Name | '';
  onPress?: (name: Name) => void;
}

/** A box to search a list with, and chips that narrow it. */
export function Filters<Name extends string>({ label, query, onQuery, chips = [], pressed, onPress }: Props<Name>) {
  const id = useId();
  return (
    <div className="filters" role="search">
      <label className="sr-only" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className="input"
        type="search"
        placeholder={label}
        value={query}
        onChange={(event) => {
          onQuery(event.target.value);
        }}
      />
      {chips.map(({ name, content }) => (
        <button
          key={name}
          type="button"
          className="chip"
          aria-pressed={pressed === name}
          onClick={() => {
            onPress?.(name);
          }}
        >
          {content}
        </button>
      ))}
    </div>
  );
}
