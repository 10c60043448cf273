import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export const LANGUAGES = ['fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
export type Catalogue = 'common' | 'member' | 'organiser' | 'security' | 'money' | 'giving' | 'advocacy';

const catalogues = import.meta.glob<Record<string, unknown>>('./*/*.json', { import: 'default' });

/** Catalogues are written as one types. French sets a no-break space before : ; ? ! » % € and after «. */
export function typeset(text: string, language: string): string {
  const curled = text.replace(/'/g, '’');
  if (language !== 'fr') return curled;
  return curled
    .replace(/ ([:;?!»%€])/g, '\u00a0$1')
    .replace(/« /g, '«\u00a0')
    .replace(/(\d) (\d{3})/g, '$1\u00a0$2');
}

function deep(value: unknown, language: string): unknown {
  if (typeof value === 'string') return typeset(value, language);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, deep(inner, language)]));
  }
  return value;
}

/** What screens have asked for, the ones still on their way too: another language needs all of it. */
const asked = new Set<Catalogue>();

/** Fetch the texts of one shell in the current language, once. */
export async function loadCatalogue(name: Catalogue, language: string = i18next.language): Promise<void> {
  asked.add(name);
  if (i18next.hasResourceBundle(language, name)) return;
  const load = catalogues[`./${language}/${name}.json`];
  if (!load) throw new Error(`no catalogue ${language}/${name}`);
  const texts = await load();
  i18next.addResourceBundle(language, name, deep(texts, language));
}

export async function startI18n(language: string): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: 'common',
    ns: [],
    resources: {},
    returnNull: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  await loadCatalogue('common', language);
}

/** Show everything in another language and remember it for the server's texts too. */
export async function changeLanguage(language: Language): Promise<void> {
  const missing = () => [...asked].filter((name) => !i18next.hasResourceBundle(language, name));
  // A screen may be opened while these are fetched.
  while (missing().length > 0) await Promise.all(missing().map((name) => loadCatalogue(name, language)));
  document.cookie = `maillage_language=${language}; path=/; max-age=31536000; samesite=lax`;
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}
