import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/ui/dialog';

interface Props {
  /** Whether the reader may relaunch. */
  canStep: boolean;
}

/** What the keyboard can do on the board, under "?" and a button. */
export function BoardKeys({ canStep }: Props) {
  const { t } = useTranslation('organiser');
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const target = event.target as HTMLElement;
      if (event.key !== '?' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (target.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="alertdialog"]')) return;
      event.preventDefault();
      setOpen(true);
    }
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
    };
  }, []);
  const keys: [string, string][] = [
    ['J, K', t('board.key_walk')],
    [t('common:keys.enter'), t('board.key_enter')],
    ...(canStep ? [['R', t('board.key_relaunch')] as [string, string]] : []),
    ['Ctrl K', t('board.key_search')],
    [t('board.escape'), t('board.key_escape')],
    ['?', t('board.key_help')],
  ];
  return (
    <>
      <button
        type="button"
        className="button bare"
        onClick={() => {
          setOpen(true);
        }}
      >
        {t('board.keys')} <kbd>?</kbd>
      </button>
      {isOpen && (
        <Dialog
          title={t('board.keys')}
          onClose={() => {
            setOpen(false);
          }}
        >
          <dl className="board-keys">
            {keys.map(([key, word]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{word}</dd>
              </div>
            ))}
          </dl>
        </Dialog>
      )}
    </>
  );
}
