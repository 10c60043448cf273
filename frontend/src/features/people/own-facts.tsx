import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { day } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { Corrections } from './corrections';
import { ownCorrections } from './corrections-api';
import { ownQuery } from './own-api';
import { TakeAll } from './take-all';

/** What is known of me, and the file that holds all of it. */
export function OwnFacts() {
  const { t } = useTranslation('member');
  const own = useQuery(ownQuery);
  const facts: [string, string][] = own.data
    ? [
        [t('own.name'), `${own.data.given_name} ${own.data.family_name}`.trim()],
        [t('own.place'), [own.data.locality, own.data.area].filter(Boolean).join(' · ')],
        ...own.data.contacts.map((point): [string, string] => [
          t(`own.channel_${point.channel}`),
          point.is_verified ? point.value : `${point.value} (${t('own.unproved')})`,
        ]),
        ...own.data.agreements.map((one): [string, string] => [
          t('own.agreements'),
          t('own.agreement', { number: one.number, day: day(one.at) }),
        ]),
        ...own.data.qualifications.map((one): [string, string] => [
          t('own.learnt'),
          one.ends_on ? t('own.learnt_until', { name: one.name, day: day(one.ends_on) }) : one.name,
        ]),
      ]
    : [];
  return (
    <section className="card" aria-labelledby="facts">
      <h2 id="facts">{t('own.facts')}</h2>
      {own.isPending && <Skeleton lines={4} />}
      {own.isError && <Trouble error={own.error} retry={() => void own.refetch()} />}
      {own.isSuccess && (
        <>
          <dl className="facts wide">
            {facts.map(([word, value]) => (
              <div key={word + value}>
                <dt>{word}</dt>
                <dd>{value ? <Raised text={value} /> : t('own.unknown')}</dd>
              </div>
            ))}
          </dl>
          <Corrections of={own.data} ways={ownCorrections} isMine />
          <TakeAll />
        </>
      )}
    </section>
  );
}
