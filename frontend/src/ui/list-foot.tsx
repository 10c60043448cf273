import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  children: ReactNode;
  /** What the keyboard can do with the list above. */
  keys?: 'walk' | 'open';
  /** Further keys of this list, each with what it does. */
  also?: readonly (readonly [key: string, word: string])[] | false;
  /** The rest of a list that comes page by page. */
  more?: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
}

/** The last line of a list: how many rows, the rest of them, and the keys that walk through it. */
export function ListFoot({ children, keys, also, more }: Props) {
  const { t } = useTranslation('common');
  return (
    <footer>
      <span>{children}</span>
      {more?.hasNextPage && (
        <button
          type="button"
          className="button line"
          disabled={more.isFetchingNextPage}
          onClick={() => void more.fetchNextPage()}
        >
          {t('more')}
        </button>
      )}
      {keys && (
        <span className="keys">
          <kbd>J</kbd> <kbd>K</kbd> {t('keys.walk')}
          {keys === 'open' && (
            <>
              , <kbd>{t('keys.enter')}</kbd> {t('keys.open')}
            </>
          )}
          {also &&
            also.map(([key, word]) => (
              <span key={key}>
                , <kbd>{key}</kbd> {word}
              </span>
            ))}
        </span>
      )}
    </footer>
  );
}
