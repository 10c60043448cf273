import { useTranslation } from 'react-i18next';
import type { FundFigures } from '@/api/shapes';
import { dated, money, number, percent } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { periodWords } from './period-words';

/** Five figures, each with its denominator or its words. */
export function FiguresStrip({ figures }: { figures: FundFigures }) {
  const { t } = useTranslation('money');
  const { donations, currency } = figures;
  const goal = figures.goal !== null && money(figures.goal, currency);
  return (
    <ul className="figures-strip">
      <li>
        <b>{money(donations.cents, currency)}</b>
        <span>{t('figures.received', { period: periodWords(t, figures.period) })}</span>
        {goal && (
          <span className="note">
            <Raised
              text={
                figures.goal_on
                  ? t('figures.goal_by', { goal, day: dated(figures.goal_on) })
                  : t('figures.goal', { goal })
              }
            />{' '}
            {figures.goal_from &&
              t('figures.goal_so_far', {
                amount: money(figures.goal_cents ?? 0, currency),
                day: dated(figures.goal_from),
              })}
          </span>
        )}
      </li>
      <li>
        <b>{number(donations.number)}</b>
        <span>{t('figures.donations', { count: donations.number })}</span>
        <span className="note">{t('figures.people', { count: figures.people, number: number(figures.people) })}</span>
      </li>
      <li>
        <b>{money(donations.mean, currency)}</b>
        <span>{t('figures.on_average')}</span>
        <span className="note">{t('figures.half', { amount: money(donations.median, currency) })}</span>
      </li>
      <li>
        <b>{number(figures.monthly_number)}</b>
        <span>{t('figures.monthly', { count: figures.monthly_number })}</span>
        <span className="note">{t('figures.promised', { amount: money(figures.monthly_cents, currency) })}</span>
      </li>
      <li>
        <b>{percent(figures.new_people, figures.people)}</b>
        <span>{t('figures.first_time')}</span>
        <span className="note">
          {t('figures.people', { count: figures.new_people, number: number(figures.new_people) })}
        </span>
      </li>
    </ul>
  );
}
