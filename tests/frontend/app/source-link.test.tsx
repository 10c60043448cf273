import { screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { SourceLink } from '@/ui/source-link';
import { show } from '~tests/show';

describe('the source of what runs', () => {
  const page = document.createElement('div');
  page.id = 'app';
  afterEach(() => {
    page.remove();
  });

  it('is a link where the installation names it', () => {
    page.dataset['source'] = 'https://code.example/ours';
    document.body.append(page);
    show(<SourceLink />);
    expect(screen.getByRole('link', { name: 'Source code' })).toHaveAttribute('href', 'https://code.example/ours');
  });

  it('is not promised where nobody names it', () => {
    show(<SourceLink />);
    expect(screen.queryByRole('link')).toBeNull();
  });
});
