import './ui/fonts.css';
import './ui/tokens.css';
import './ui/base.css';
import './ui/parts.css';
import './ui/overlay.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { startI18n } from './i18n/i18n';
import { vault } from './lib/vault';

const root = document.getElementById('app');
if (root) {
  // Before anything is asked of the server, it learns which vault asks: it may have to be wiped.
  const named = vault.tellName({ isSignedIn: false }).catch(() => undefined);
  void Promise.all([startI18n(document.documentElement.lang || 'fr'), named]).then(() => {
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    );
  });
}
