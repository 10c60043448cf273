import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { timeLeft } from '@/lib/format';
import { Icon } from './icon';

interface Props {
  text: string;
  seconds?: number;
  onUndo: () => void;
  /** Runs once: when the time is over, when the page is left or when the toast goes away without an undo. */
  onDone: () => void;
}

/** Something that will be done in a moment, and can still be taken back. */
export function UndoToast({ text, seconds = 10, onUndo, onDone }: Props) {
  const { t } = useTranslation('common');
  const [left, setLeft] = useState(seconds);
  const done = useRef(onDone);
  const settled = useRef(false);
  const isHere = useRef(true);
  useEffect(() => {
    done.current = onDone;
  });
  useEffect(() => {
    isHere.current = true;
    const finish = () => {
      if (!settled.current) {
        settled.current = true;
        done.current();
      }
    };
    const until = Date.now() + seconds * 1000;
    const timer = setInterval(() => {
      const rest = Math.ceil((until - Date.now()) / 1000);
      setLeft(Math.max(0, rest));
      if (rest <= 0) finish();
    }, 250);
    addEventListener('pagehide', finish);
    return () => {
      clearInterval(timer);
      removeEventListener('pagehide', finish);
      isHere.current = false;
      // Another screen was opened: what was asked for is done now. (Strict mode comes back in the same breath.)
      queueMicrotask(() => {
        if (!isHere.current) finish();
      });
    };
  }, [seconds]);
  return (
    <div className="toasts">
      <div className="toast" role="status">
        <Icon name="check" />
        <span>{text}</span>
        <button
          type="button"
          className="button bare"
          onClick={() => {
            settled.current = true;
            onUndo();
          }}
        >
          {t('undo', { left: timeLeft(left) })}
        </button>
      </div>
    </div>
  );
}
