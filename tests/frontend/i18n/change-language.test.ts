import i18next from 'i18next';
import { afterEach, describe, expect, it } from 'vitest';
import { changeLanguage, loadCatalogue } from '@/i18n/i18n';

describe('another language', () => {
  afterEach(() => changeLanguage('en'));

  it('brings the texts of a screen that was still being opened', async () => {
    i18next.removeResourceBundle('fr', 'security');
    i18next.removeResourceBundle('en', 'security');
    const opening = loadCatalogue('security');
    await changeLanguage('fr');
    await opening;
    expect(i18next.t('security:gate.set_up')).toBe('Une seconde preuve pour votre rôle');
  });
});
