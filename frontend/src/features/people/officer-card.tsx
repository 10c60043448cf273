import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FileButton } from '@/entities/person/file-button';
import { instant } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { Corrections } from './corrections';
import { correctionsFor } from './corrections-api';
import { fileOf, inspectedQuery } from './officer-api';
import { OfficerErasure } from './officer-erasure';
import { StopSaid } from './stop-said';

/** One person as they see themself, for the reason that was typed; the file holds everything. */
export function OfficerCard({
  reasonId,
  person,
  onErased,
}: {
  reasonId: string;
  person: string;
  onErased: () => void;
}) {
  const { t } = useTranslation('member');
  const card = useQuery(inspectedQuery(reasonId));
  const of = card.data;
  const name = `${of?.given_name ?? ''} ${of?.family_name ?? ''}`.trim() || t('me.unnamed');
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
      <h2 id="inspected">{of ? name : t('officer.whom')}</h2>
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
          {of.abilities.correct && <Corrections of={of} ways={correctionsFor(reasonId)} isMine={false} />}
          <h3>{t('officer.consents')}</h3>
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
          <h3>{t('officer.asked')}</h3>
          <p>{t('officer.asked_why')}</p>
          <div className="buttons">
            <StopSaid person={person} reason={reasonId} />
            <OfficerErasure reasonId={reasonId} name={name} onErased={onErased} />
          </div>
        </>
      )}
    </section>
  );
}
