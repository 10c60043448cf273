import { useTranslation } from 'react-i18next';
import type { LegalKind, Organisation } from '@/api/shapes';

/** What the law asks of an organisation of this kind in this country, as far as it is known here, and where that was read. */
export function OrganisationFollows({
  follows,
  country,
  kind,
}: {
  follows: Organisation['follows'];
  country: string;
  kind: LegalKind;
}) {
  const { t } = useTranslation('organiser');
  const rules = follows.find((one) => one.country === country && one.legal_kind === kind)?.rules ?? [];
  return (
    <div aria-live="polite">
      {rules.length > 0 && (
        <section className="group" aria-labelledby="follows">
          <h3 id="follows">{t('settings.follows')}</h3>
          <ul className="rows">
            {rules.map((rule) => (
              <li key={rule.text}>
                <div>
                  <p>{rule.text}</p>
                  {rule.read_in !== '' && (
                    <p className="hint">
                      {[
                        t('settings.follows_where', { where: rule.where }),
                        rule.read_in,
                        rule.mark !== '' && t(`settings.mark_${rule.mark}`),
                      ]
                        .filter(Boolean)
                        .join(' · ')}
                    </p>
                  )}
                </div>
              </li>
            ))}
          </ul>
          <p className="hint">{t('settings.follows_why')}</p>
        </section>
      )}
    </div>
  );
}
