import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client } from '@/api/client';
import { meQuery } from '@/entities/person/me';
import { changeLanguage, type Language, LANGUAGES } from '@/i18n/i18n';

const NAMES: Record<Language, string> = { fr: 'Français', en: 'English' };

/** Two words; the choice is kept on this device and, when signed in, for the mails too. */
export function LanguageSwitch() {
  const { i18n, t } = useTranslation('common');
  const queries = useQueryClient();
  async function change(language: Language) {
    await changeLanguage(language);
    if (queries.getQueryData(meQuery.queryKey)) {
      await client.PATCH('/api/v1/accounts/me/', { body: { language } }).catch(() => undefined);
    }
    await queries.invalidateQueries();
  }
  return (
    <div className="lang" role="group" aria-label={t('language')}>
      {LANGUAGES.map((language) =>
        language === i18n.language ? (
          <b key={language} lang={language} aria-current="true">
            {NAMES[language]}
          </b>
        ) : (
          <button
            key={language}
            type="button"
            className="button bare"
            lang={language}
            onClick={() => void change(language)}
          >
            {NAMES[language]}
          </button>
        ),
      )}
    </div>
  );
}
