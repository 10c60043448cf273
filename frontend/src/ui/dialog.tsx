import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, I18nProvider, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

interface Props {
  title: string;
  onClose: () => void;
  /** False for what must be answered: Escape and a press outside then do nothing. */
  isDismissable?: boolean;
  role?: 'dialog' | 'alertdialog';
  className?: string;
  children: ReactNode;
}

/** A panel over the page that keeps the keyboard until it is answered. */
export function Dialog({ title, onClose, isDismissable = true, role = 'dialog', className = '', children }: Props) {
  const { i18n } = useTranslation();
  return (
    // What the library says by itself is in the reader's language, which may not be the browser's.
    <I18nProvider locale={i18n.language}>
      <ModalOverlay
        className={`veil ${className}`}
        isOpen
        isDismissable={isDismissable}
        isKeyboardDismissDisabled={!isDismissable}
        onOpenChange={(isOpen) => {
          if (!isOpen) onClose();
        }}
      >
        <Modal className="sheet">
          <AriaDialog role={role} className="sheet-body">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            {children}
          </AriaDialog>
        </Modal>
      </ModalOverlay>
    </I18nProvider>
  );
}
