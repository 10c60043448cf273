import { describe, expect, it } from 'vitest';
import { insertBlock } from '@/features/actions/insert-block';

describe('a block put into a brief', () => {
  it.each([
    ['', 0, '{{ a }}\n\n', 9],
    ['Before after', 7, 'Before\n\n{{ a }}\n\nafter', 17],
    ['One line\n\n', 10, 'One line\n\n{{ a }}\n\n', 19],
    ['One\n\nTwo', 4, 'One\n\n{{ a }}\n\nTwo', 14],
  ])('stands alone on its line: %j at %i', (text, at, written, then) => {
    expect(insertBlock(text, at, '{{ a }}')).toEqual({ text: written, at: then });
  });
});
