import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FileButton } from '@/entities/person/file-button';
import { instant } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { fileOf, inspectedQuery } from './officer-api';

/** One person as they see themself, for the reason that was typed; the file holds everything. */
export function OfficerCard({ reasonId }: { reasonId: string }) {
  const { t } = useTranslation('member');
  const card = useQuery(inspectedQuery(reasonId));
  const of = card.data;
  const facts: [string, string][] = of
    ? [
        [t('own.place'), [of.locality, of.area].filter(Boolean).join(' · ')],
        ...of.contacts.map((point): [string, string] => [
          t(`own.channel_${point.channel}`),
          point.is_verified ? point.value : `${point.value} (${t('own.unproved')})`,
        ]),
        [t('officer.since'), instant(of.created_at)],
      ]
    : [];
  return (
    <section className="card" aria-labelledby="inspected">
      <h2 id="inspected">{of ? `${of.given_name} ${of.family_name}`.trim() || t('me.unnamed') : t('officer.whom')}</h2>
      {card.isPending && <Skeleton lines={4} />}
      {card.isError && <Trouble error={card.error} />}
      {of && (
        <>
          <dl className="facts">
            {facts.map(([word, value]) => (
              <div key={word + value}>
                <dt>{word}</dt>
                <dd>{value ? <Raised text={value} /> : t('own.unknown')}</dd>
              </div>
            ))}
          </dl>
          <h3>{t('own.consents')}</h3>
          {of.consents.length === 0 && <p className="muted">{t('officer.consents_none')}</p>}
          <ul className="rows">
            {of.consents.map((consent) => (
              <li key={consent.purpose + consent.channel}>
                <div>
                  <p>{consent.text}</p>
                  <p className="muted">
                    {t(`own.channel_${consent.channel}`)}
                    {consent.changed_at && (
                      <>
                        {' · '}
                        <Raised
                          text={t(consent.is_given ? 'own.given' : 'own.withdrawn', {
                            at: instant(consent.changed_at),
                          })}
                        />
                      </>
                    )}
                  </p>
                </div>
              </li>
            ))}
          </ul>
          <div>
            <FileButton word={t('officer.take')} path={fileOf(reasonId)} name="maillage.json" />
          </div>
          <p className="note">{t('officer.take_why')}</p>
        </>
      )}
    </section>
  );
}
