import { useTranslation } from 'react-i18next';

/** The source of what runs here, where the installation names it: owed to whoever uses a changed copy (AGPL, section 13). */
export function SourceLink() {
  const { t } = useTranslation('common');
  const source = document.getElementById('app')?.dataset['source'];
  return source ? (
    <p>
      <a href={source} rel="external">
        {t('source')}
      </a>
    </p>
  ) : null;
}
