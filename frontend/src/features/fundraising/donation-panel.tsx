import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DonationCard } from '@/api/shapes';
import { dated, instant, money } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { CorrectDonor } from './correct-donor';
import { DonationReceipt } from './donation-receipt';
import { DonationState } from './donation-state';
import { Fact } from './fact';
import { GivenBack } from './given-back';
import { donationQuery } from './treasury-api';

/** One donation: who gave, what happened to it, and what the books say. Reading it is written down. */
export function DonationPanel({ id }: { id: string }) {
  const card = useQuery(donationQuery(id));
  return (
    <div className="pane-body">
      {card.isPending && <Skeleton lines={6} />}
      {card.isError && <Trouble error={card.error} retry={() => void card.refetch()} />}
      {card.data && <Card donation={card.data} />}
    </div>
  );
}

function Card({ donation }: { donation: DonationCard }) {
  const { t } = useTranslation('money');
  const said = (cents: number) => money(cents, donation.currency);
  const name = [donation.honorific, donation.given_name, donation.family_name].filter(Boolean).join(' ');
  return (
    <>
      <h2>{t(donation.is_monthly ? 'card.title_monthly' : 'card.title', { amount: said(donation.amount) })}</h2>
      <p>
        <DonationState state={donation.state} />
        {donation.held_for && <> {t(`held_for.${donation.held_for}`)}</>}{' '}
        {donation.state === 'held' && (
          <Link to={`/desk/money/decide?fund=${donation.fund}&what=held&one=${donation.id}`}>{t('card.decide')}</Link>
        )}
      </p>
      {donation.refunded > 0 && <p>{t('card.refunded', { amount: said(donation.refunded) })}</p>}
      <section className="panel-section">
        <h3>{t('card.steps')}</h3>
        <ol className="steps-told">
          {donation.steps.map((step) => (
            <li key={`${step.at}${step.what}`}>
              <time dateTime={step.at}>
                <Raised text={instant(step.at)} />
              </time>
              <span>{step.said}</span>
            </li>
          ))}
        </ol>
      </section>
      {donation.given_back && <GivenBack donation={donation} back={donation.given_back} />}
      {donation.receipt && <DonationReceipt donation={donation} receipt={donation.receipt} />}
      <section className="panel-section">
        <h3>{t('card.donor')}</h3>
        <dl className="facts wide">
          <Fact name={t('card.name')}>{name || t('unnamed')}</Fact>
          {donation.email && (
            <Fact name={t('card.email')}>
              <a href={`mailto:${donation.email}`}>{donation.email}</a>{' '}
              <small>{t(donation.is_proved ? 'card.proved' : 'card.unproved')}</small>
            </Fact>
          )}
          {donation.born_on && <Fact name={t('card.born')}>{dated(donation.born_on)}</Fact>}
          {donation.nationality && <Fact name={t('card.nationality')}>{donation.nationality}</Fact>}
          {(donation.address_lines || donation.commune) && (
            <Fact name={t('card.address')}>
              {[donation.address_lines, donation.commune, donation.country].filter(Boolean).join(', ')}
            </Fact>
          )}
          {donation.place && (
            <Fact name={t('column.place')}>
              <Raised text={donation.place} />
            </Fact>
          )}
          {donation.elected && <Fact name={t('card.elected')}>{t('card.yes')}</Fact>}
        </dl>
        {donation.email && (
          <p>
            <Link to={`/desk/money/donations?fund=${donation.fund}&q=${encodeURIComponent(donation.email)}`}>
              {t('card.others')}
            </Link>
          </p>
        )}
        <p className="note">{t('card.as_declared')}</p>
        <CorrectDonor key={donation.id} donation={donation} />
      </section>
      <section className="panel-section">
        <h3>{t('card.where')}</h3>
        <dl className="facts wide">
          {donation.shares.map((share) => (
            <Fact key={share.name} name={share.name}>
              {said(share.amount)}
            </Fact>
          ))}
          {donation.method && <Fact name={t('column.method')}>{t(`method.${donation.method}`)}</Fact>}
          <Fact name={t('card.nature')}>{t(`nature.${donation.nature}`)}</Fact>
          <Fact name={t('card.counted')}>{dated(donation.counted_on)}</Fact>
          {donation.ref && <Fact name={t('by.ref')}>{donation.ref}</Fact>}
        </dl>
      </section>
      <section className="panel-section">
        <h3>{t('card.books')}</h3>
        {donation.entries.length === 0 && <p className="muted">{t('card.no_books')}</p>}
        {donation.entries.map((entry) => (
          <table key={entry.key} className="table books">
            <caption>
              <Raised text={t('card.entry', { what: entry.said, day: dated(entry.booked_on) })} />
            </caption>
            <thead className="sr-only">
              <tr>
                <th scope="col">{t('card.account')}</th>
                <th scope="col">{t('card.debit')}</th>
                <th scope="col">{t('card.credit')}</th>
              </tr>
            </thead>
            <tbody>
              {entry.lines.map((line) => (
                <tr key={`${line.account}${line.fund}`}>
                  <th scope="row">
                    {line.account} <small>{line.fund}</small>
                  </th>
                  <td className="number">{line.amount > 0 && said(line.amount)}</td>
                  <td className="number">{line.amount < 0 && said(-line.amount)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </section>
    </>
  );
}
