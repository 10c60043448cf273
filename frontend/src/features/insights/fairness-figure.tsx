import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { FairnessSplit } from '@/api/shapes';
import { number, percent } from '@/lib/format';
import { Ticks } from '@/ui/ticks';

/** Seats by fifths of income or of rurality: its finding, and a line a fifth, drawn and counted. */
export function FairnessFigure({ split }: { split: FairnessSplit }) {
  const { t } = useTranslation('organiser');
  const id = useId();
  const first = split.fifths[0];
  const last = split.fifths.at(-1);
  if (!first || !last) {
    return <p className="muted">{t(`insights.no_${split.name}`)}</p>;
  }
  const ends: Record<number, string> = {
    1: t(`insights.first_${split.name}`),
    5: t(`insights.last_${split.name}`),
  };
  return (
    <figure aria-labelledby={id}>
      <h3 id={id}>
        {t(`insights.finding_${split.name}`, {
          a: number(first.covered),
          b: number(first.seats),
          c: number(last.covered),
          d: number(last.seats),
        })}
      </h3>
      <div className="table-scroll" tabIndex={0} role="region" aria-labelledby={id}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('insights.fifth')}</th>
              <th scope="col" className="number">
                {t(`insights.unit_${split.name}`)}
              </th>
              <th scope="col">
                <span className="sr-only">{t('insights.drawn')}</span>
              </th>
              <th scope="col" className="number">
                {t('insights.covered')}
              </th>
              <th scope="col" className="number">
                {t('insights.seats')}
              </th>
            </tr>
          </thead>
          <tbody>
            {split.fifths.map((fifth) => (
              <tr key={fifth.number}>
                <th scope="row">{ends[fifth.number] ?? t('insights.fifth_of', { number: fifth.number })}</th>
                <td className="number nowrap">
                  {number(Math.round(fifth.lowest))} – {number(Math.round(fifth.highest))}
                </td>
                <td className="bar-cell">
                  <Ticks
                    done={fifth.seats ? fifth.covered / fifth.seats : 0}
                    label={percent(fifth.covered, fifth.seats)}
                    weight="quiet"
                  />
                </td>
                <td className="number">{number(fifth.covered)}</td>
                <td className="number">{number(fifth.seats)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="note">
        {split.unknown > 0 &&
          `${t('insights.unknown', { count: split.unknown, covered: number(split.unknown_covered) })} `}
        {split.credit} <code>{split.indicator}</code>
      </p>
    </figure>
  );
}
