import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { OwnDonation } from '@/api/shapes';
import { dated, money, number } from '@/lib/format';
import { Blank } from '@/ui/blank';
import { ListBody } from '@/ui/list-body';
import { ListFoot } from '@/ui/list-foot';
import { Raised } from '@/ui/raised';
import { OwnGiveLink } from './own-give-link';
import { ownDonationsQuery } from './own-giving-api';
import './own-giving.css';

/** My donations, the latest first, each with how far its receipt is. */
export function OwnDonations() {
  const { t, i18n } = useTranslation('giving');
  const list = useInfiniteQuery(ownDonationsQuery);
  const rows = (list.data?.pages ?? []).flatMap((page) => page.items);
  return (
    <section className="card giving" aria-labelledby="donations">
      <h2 id="donations">{t('donations.title')}</h2>
      <ListBody
        list={list}
        blank={
          rows.length === 0 && (
            <Blank title={t('donations.none')}>
              <p>{t('donations.none_why')}</p>
              <p>
                <OwnGiveLink className="button line" href={`/${i18n.language}/give/`}>
                  {t('donations.give')}
                </OwnGiveLink>
              </p>
            </Blank>
          )
        }
      >
        <ul className="rows">
          {rows.map((donation) => (
            <li key={donation.id}>
              <div>
                <Donation donation={donation} />
              </div>
            </li>
          ))}
        </ul>
      </ListBody>
      {list.hasNextPage && (
        <ListFoot more={list}>{t('donations.shown', { count: rows.length, number: number(rows.length) })}</ListFoot>
      )}
    </section>
  );
}

function Donation({ donation }: { donation: OwnDonation }) {
  const { t } = useTranslation('giving');
  const { amount, refunded, currency, to, on, state, page, receipt, is_monthly } = donation;
  const said = money(amount, currency);
  const taken = donation.steps.filter(({ at }) => at !== null).at(-1) ?? donation.steps[0];
  return (
    <>
      <h3>
        {said} <span className="muted">· {to}</span>
      </h3>
      <p>
        <time dateTime={on}>
          <Raised text={dated(on)} />
        </time>
        {is_monthly && `, ${t('donations.monthly')}`}
        {state !== 'settled' && `, ${t(`donations.state_${state}`)}`}
        {refunded > 0 && `, ${t('donations.refunded', { amount: money(refunded, currency) })}`}
      </p>
      {taken && <p className="note">{t('donations.receipt_is', { said: taken.said })}</p>}
      {(receipt ?? page) !== null && (
        <p className="buttons">
          {receipt && (
            <a
              className="button line"
              href={receipt}
              aria-label={t('donations.receipt_of', { amount: said, day: dated(on) })}
            >
              {t('donations.receipt')}
            </a>
          )}
          {page && (
            <a
              className="button bare"
              href={page}
              aria-label={t('donations.follow_of', { amount: said, day: dated(on) })}
            >
              {t('donations.follow')}
            </a>
          )}
        </p>
      )}
    </>
  );
}
