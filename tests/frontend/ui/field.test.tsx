import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Field } from '@/ui/field';

function Form({ error }: { error?: string }) {
  return (
    <>
      <Field label="Name" error={error} />
      <Field label="Address" error={error} />
      <input aria-label="Elsewhere" />
      <button type="button">Send</button>
    </>
  );
}

it('gives the focus to the first field that is wrong, so that what is wrong is heard', () => {
  const { rerender } = render(<Form />);
  screen.getByRole('button').focus();
  rerender(<Form error="Write it in full." />);
  expect(screen.getByLabelText('Name')).toHaveFocus();
  expect(screen.getByLabelText('Name')).toHaveAccessibleDescription('Write it in full.');
});

it('takes it from nobody who types', () => {
  const { rerender } = render(<Form />);
  screen.getByLabelText('Elsewhere').focus();
  rerender(<Form error="Write it in full." />);
  expect(screen.getByLabelText('Elsewhere')).toHaveFocus();
});
