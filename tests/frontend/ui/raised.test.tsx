import { render } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Raised } from '@/ui/raised';

it('raises every ordinal and leaves the text as it is read', () => {
  const text = 'Nord, 5e, du 1er décembre au 2e tour ; Alder, 2nd';
  const { container } = render(<Raised text={text} />);
  expect([...container.querySelectorAll('sup')].map((ending) => ending.textContent)).toEqual(['e', 'er', 'e', 'nd']);
  expect(container).toHaveTextContent(text);
});

it('takes nothing else for an ordinal', () => {
  const { container } = render(<Raised text="577 rendez-vous, 3 étapes, 2 thés, 5essais, a3e3" />);
  expect(container.querySelector('sup')).toBeNull();
});
