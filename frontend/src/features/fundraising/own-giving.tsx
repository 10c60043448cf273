import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { OwnGiving as Giving } from '@/api/shapes';
import { dated, money } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Ticks } from '@/ui/ticks';
import { Trouble } from '@/ui/trouble';
import { OwnGiveLink } from './own-give-link';
import { ownGivingKey, ownGivingQuery, sayWasItMe } from './own-giving-api';
import './own-giving.css';

/** What the law still lets me give, what I give each month, the years told, and what I am asked about. */
export function OwnGiving() {
  const giving = useQuery(ownGivingQuery);
  if (giving.isPending)
    return (
      <section className="card">
        <Skeleton lines={5} />
      </section>
    );
  if (giving.isError)
    return (
      <section className="card">
        <Trouble error={giving.error} retry={() => void giving.refetch()} />
      </section>
    );
  const { asked, allowances, monthly, statements } = giving.data;
  return (
    <>
      {asked.length > 0 && <Asked asked={asked} />}
      {allowances.length > 0 && <Allowances allowances={allowances} />}
      {monthly.length > 0 && <Monthly monthly={monthly} />}
      {statements.length > 0 && <Statements statements={statements} />}
    </>
  );
}

function Asked({ asked }: { asked: Giving['asked'] }) {
  const { t } = useTranslation('giving');
  const queries = useQueryClient();
  const answer = useMutation({
    mutationFn: ({ donor, was }: { donor: string; was: 'me' | 'not_me' }) => sayWasItMe(donor, was),
    onSuccess: () => queries.invalidateQueries({ queryKey: ownGivingKey }),
  });
  return (
    <section className="card giving" aria-labelledby="asked">
      <h2 id="asked">{t('asked.title')}</h2>
      <p className="note">{t('asked.why')}</p>
      <ul className="rows">
        {asked.map(({ donor, name, to, on, amount, currency }) => {
          const said = t('asked.one', { amount: money(amount, currency), to, day: dated(on), name });
          return (
            <li key={donor}>
              <div>
                <p id={`asked-${donor}`}>
                  <Raised text={said} />
                </p>
                <div className="buttons">
                  {(['me', 'not_me'] as const).map((was) => (
                    <button
                      key={was}
                      type="button"
                      className="button line"
                      aria-describedby={`asked-${donor}`}
                      disabled={answer.isPending}
                      onClick={() => {
                        answer.mutate({ donor, was });
                      }}
                    >
                      {t(`asked.${was}`)}
                    </button>
                  ))}
                </div>
              </div>
            </li>
          );
        })}
      </ul>
      {answer.isError && <Trouble error={answer.error} />}
    </section>
  );
}

function Allowances({ allowances }: { allowances: Giving['allowances'] }) {
  const { t } = useTranslation('giving');
  return (
    <section className="card giving" aria-labelledby="allowance">
      <h2 id="allowance">{t('allowance.title')}</h2>
      {allowances.map(({ name, said, cap, counted, currency, give }) => (
        <div key={said}>
          <p>{said}</p>
          <Ticks
            done={Math.min(1, counted / cap)}
            label={t('allowance.counted', { counted: money(counted, currency), cap: money(cap, currency) })}
          />
          <p className="note">
            {t('allowance.why', { name, counted: money(counted, currency) })}{' '}
            <OwnGiveLink href={give}>{t('allowance.give')}</OwnGiveLink>
          </p>
        </div>
      ))}
    </section>
  );
}

function Monthly({ monthly }: { monthly: Giving['monthly'] }) {
  const { t } = useTranslation('giving');
  return (
    <section className="card giving" aria-labelledby="monthly">
      <h2 id="monthly">{t('monthly.title')}</h2>
      <ul className="rows">
        {monthly.map(({ page, to, amount, currency, state, next_on, paused_until }) => (
          <li key={page}>
            <div>
              <h3>{t('monthly.one', { amount: money(amount, currency), to })}</h3>
              <p>
                <Raised
                  text={
                    state === 'paused'
                      ? paused_until
                        ? t('monthly.paused_until', { day: dated(paused_until) })
                        : t('monthly.paused')
                      : state === 'failing'
                        ? t('monthly.failing')
                        : next_on
                          ? t('monthly.next', { day: dated(next_on) })
                          : t('monthly.starting')
                  }
                />
              </p>
              <p className="buttons">
                <a className="button line" href={page} aria-label={t('monthly.change_of', { to })}>
                  {t('monthly.change')}
                </a>
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Statements({ statements }: { statements: Giving['statements'] }) {
  const { t } = useTranslation('giving');
  return (
    <section className="card giving" aria-labelledby="years">
      <h2 id="years">{t('years.title')}</h2>
      <p className="note">{t('years.why')}</p>
      <ul className="list">
        {statements.map(({ year, page }) => (
          <li key={page}>
            <a href={page}>{t('years.one', { year })}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
